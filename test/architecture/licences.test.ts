import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

type Locked = { dev?: boolean; devOptional?: boolean; optional?: boolean; version?: string };
type Manifest = { license?: string | { type: string } };

const read = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

/** Licences that ask for nothing but their notice. */
const permissive =
  /^\(?(MIT|MIT-0|Apache-2\.0|ISC|BSD-2-Clause|BSD-3-Clause|0BSD|BlueOak-1\.0\.0|CC0-1\.0|Unlicense|PSF-2\.0|Python-2\.0)( OR .*)?\)?$/;

const licenceOf = ({ license }: Manifest): string => (typeof license === 'object' ? license.type : (license ?? 'none'));

const locked = Object.entries(read<{ packages: Record<string, Locked> }>('package-lock.json').packages)
  .filter(([path, { dev, devOptional }]) => path !== '' && dev !== true && devOptional !== true)
  .map(([path, { optional }]) => ({ path, optional }));

describe('the licences of production dependencies', () => {
  it('are permissive', () => {
    const found = locked
      .filter(({ path, optional }) => optional !== true || existsSync(`${path}/package.json`))
      .map(({ path }) => ({ path, licence: licenceOf(read<Manifest>(`${path}/package.json`)) }));
    expect(found.map(({ path }) => path)).toContain('node_modules/zod');
    expect(found.filter(({ licence }) => !permissive.test(licence))).toEqual([]);
  });

  it.each(['GPL-3.0-only', 'AGPL-3.0', 'UNLICENSED', 'SEE LICENSE IN LICENSE', 'none', 'BUSL-1.1'])(
    'may not be %s',
    (licence) => {
      expect(permissive.test(licence)).toBe(false);
    },
  );

  it('is our own Apache-2.0', () => {
    expect(read<Manifest>('package.json').license).toBe('Apache-2.0');
    expect(readFileSync('LICENSE', 'utf8')).toContain('TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION');
  });
});
