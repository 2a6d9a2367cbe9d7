import { describe, expect, it } from '@jest/globals';
import { DiscoveryRecord } from '../../domain/discovery/record.ts';
import { parseWith, problemWith } from '../support/parse-format.ts';

const problem = (content: Parameters<typeof problemWith>[1]) => problemWith('network-neighbours', content);
const parse = async (content: unknown) => {
  const parsed = await parseWith('network-neighbours', typeof content === 'string' ? content : JSON.stringify(content));
  return parsed.map((one) => DiscoveryRecord.parse('record' in one ? one.record : one));
};

describe('hostile output of devices', () => {
  it('refuses what YAML can hide in a few lines', async () => {
    const laughs = `a: &a [ha]\n${'bcdefghi'.replaceAll(/./g, (c) => `${c}: &${c} [${`*${String.fromCharCode(c.charCodeAt(0) - 1)},`.repeat(9)}]\n`)}`;
    expect(await problem(`parsed_sample:\n  - x: 1\n${laughs}`)).toMatchObject({ code: 'yaml-syntax', line: 4 });
    expect(await problem(`parsed_sample: ${'['.repeat(100_000)}`)).toMatchObject({ code: 'yaml-syntax', line: 1 });
    expect(await problem('parsed_sample: !!js/function "x"')).toMatchObject({ code: 'yaml-syntax' });
    expect(await problem('parsed_sample:\n  - a: "never closed')).toMatchObject({ code: 'yaml-syntax' });
    expect(await problem(`parsed_sample:\n${'  - x: 1\n'.repeat(1_000_000)}`)).toMatchObject({
      code: 'file-too-large',
    });
  });

  it('refuses JSON that is too deep, cut off, or about something else', async () => {
    expect(await problem('{"lldp":'.repeat(200))).toMatchObject({ code: 'json-too-deep' });
    expect(await problem('{"lldp": {"interface": [')).toMatchObject({ code: 'json-syntax', line: 1 });
    expect(await problem('[1, "x", null, []]')).toMatchObject({ code: 'no-neighbours' });
    expect(await problem('')).toMatchObject({ code: 'yaml-syntax' });
  });

  it('connects 512 of 50,000 neighbours at one port, and says so', async () => {
    const rows = Array.from({ length: 50_000 }, (_, at) => ({
      remote_chassis_id: `70:6b:b9:${[16, 8, 0].map((bits) => ((at >> bits) & 255).toString(16).padStart(2, '0')).join(':')}`,
      remote_system_name: '',
    }));
    const [main, ...stubs] = await parse({ 'Gi1/0/1': rows });
    expect([main?.relations?.length, stubs.length]).toEqual([512, 512]);
    expect(main?.warnings.map(({ code }) => code)).toContain('too-many-neighbours');
  });

  it('takes names for what they are: no key, formula, markup or object', async () => {
    const names = [
      '__proto__',
      '=HYPERLINK("x")',
      '<script>',
      '../../etc/passwd',
      'x'.repeat(5000),
      '\u0000',
      'sw.\uD800',
    ];
    const rows = names.map((name) => ({ remote_chassis_id: name, remote_system_name: name, remote_port: name }));
    const [main, ...stubs] = await parse(
      `{"__proto__": ${JSON.stringify(rows)}, "Gi1/0/2": [{"remote_chassis_id": "70:6b:b9:06:2a:00"}]}`,
    );
    expect(main?.relations?.map(({ record, name }) => record ?? name)).toEqual([
      '__proto__',
      'neighbour/mac:70:6b:b9:06:2a:00',
    ]);
    expect(stubs).toHaveLength(1);
    expect(Object.prototype).not.toHaveProperty('remote_port');
  });
});
