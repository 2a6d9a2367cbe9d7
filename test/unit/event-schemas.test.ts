import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { breaches, type EventSchemas, eventSchemas } from '../support/event-schemas.ts';

const promised = JSON.parse(
  readFileSync(new URL('../fixtures/event-schemas.json', import.meta.url), 'utf8'),
) as EventSchemas;

describe('the published events', () => {
  it('take nothing away from what consumers were promised (npm run charts adds what is new)', () => {
    expect(breaches(promised, eventSchemas())).toEqual([]);
  });

  it('are all promised in the file', () => {
    expect(eventSchemas()).toEqual(promised);
  });

  it.each([
    ['an event', 'AssetCreated is gone', (all: EventSchemas) => delete all.AssetCreated],
    ['a property', 'AssetCreated.status is gone', (all: EventSchemas) => delete all.AssetCreated?.properties?.status],
    ['a promise', 'AssetCreated.status may be missing', (all: EventSchemas) => all.AssetCreated?.required?.pop()],
    [
      'a form',
      'AssetCreated.status has another form',
      (all: EventSchemas) => Object.assign(all.AssetCreated?.properties?.status ?? {}, { type: 'number' }),
    ],
  ])('would be refused for taking away %s', (_what, breach, take) => {
    const broken = structuredClone(promised);
    take(broken);
    expect(breaches(promised, broken)).toContain(breach);
  });

  it('may grow', () => {
    const grown = structuredClone(promised);
    Object.assign(grown.AssetCreated?.properties ?? {}, { colour: { type: 'string' } });
    expect(breaches(promised, { ...grown, SomethingNew: { type: 'object' } })).toEqual([]);
  });
});
