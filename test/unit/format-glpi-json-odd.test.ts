import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DiscoveryRecord } from '../../domain/discovery/record.ts';
import { glpiJson } from '../../functions/imports/formats/glpi-json/format.ts';
import { locateSyntaxError } from '../../functions/imports/formats/glpi-json/json-syntax.ts';
import { mapGlpi } from '../../functions/imports/formats/glpi-json/map.ts';
import { largestFile } from '../../functions/imports/formats/glpi-json/read-document.ts';
import { context, fixture, keysOf, mainOf, only, parse, problemOf, recordsOf, valuesOf } from '../support/glpi-json.ts';

describe('odd content', () => {
  it('takes numbers as text, one object for a list, null for nothing', () => {
    const main = mainOf({
      content: {
        bios: [{ ssn: 880_012_345, smanufacturer: 'Berge' }],
        hardware: { name: 'desk-2', memory: '7800 MB', uuid: null },
        cpus: { name: 'Berge One', core: '8' },
        networks: { mac: 'a4:bb:6d:00:00:09', ipaddress: '10.1.1.9' },
        softwares: { name: 'Crew App' },
        drives: 'none',
        versionclient: null,
      },
    });
    expect(main).toMatchObject({
      nativeKey: 'serial:berge:880012345',
      sections: { hardware: { memoryMb: 7800 }, cpu: { cores: 8 } },
    });
    expect(main.details).toMatchObject({ software: [{ name: 'Crew App' }], volumes: [] });
    expect(valuesOf(main, 'ip')).toEqual(['10.1.1.9']);
  });

  it('never keys a device by a placeholder', () => {
    const content = {
      bios: { ssn: 'System Serial Number' },
      hardware: { name: 'desk-3', uuid: '03000200-0400-0500-0006-000700080009' },
    };
    const networks = [{ description: 'eth0', mac: '00:00:00:00:00:00' }];
    expect(mainOf({ deviceid: 'Desk-3-2026', content: { ...content, networks } }).nativeKey).toBe(
      'deviceid:desk-3-2026',
    );
    const real = [...networks, { description: 'eth1', mac: 'A4:BB:6D:00:00:03' }];
    expect(mainOf({ deviceid: 'Desk-3-2026', content: { ...content, networks: real } }).nativeKey).toBe(
      'mac:a4:bb:6d:00:00:03',
    );
  });

  it('becomes a fault when nothing names the device', () => {
    const fault = only(mapGlpi({ content: { hardware: { memory: 1 } } }, 7));
    expect(fault).toMatchObject({ fault: { recordIndex: 7, errors: [{ pointer: '/content' }] } });
  });

  it('numbers records from where a container of documents stands', () => {
    const indexes = recordsOf(mapGlpi(JSON.parse(fixture('gate-laptop')), 40)).map(({ recordIndex }) => recordIndex);
    expect(indexes).toEqual([40, 41, 42]);
  });

  it('treats `__proto__` as a word like any other', async () => {
    const text =
      '{"__proto__":{"itemtype":"Printer"},"content":{"__proto__":{"bios":{"ssn":"EVIL0001"}},"hardware":{"name":"desk-4"},"softwares":[{"__proto__":{"polluted":1},"name":"A"}]},"deviceid":"d-4"}';
    const main = only(await parse(text));
    expect(main).toMatchObject({
      ciClass: 'computer',
      nativeKey: 'deviceid:d-4',
      details: { software: [{ name: 'A' }] },
    });
    expect(Object.hasOwn(main.details?.software?.[0] as object, '__proto__')).toBe(false);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('maps any JSON to records that keep the contract, without throwing', () => {
    const words = [
      'bios',
      'hardware',
      'networks',
      'softwares',
      'virtualmachines',
      'monitors',
      'printers',
      'network_device',
      'network_components',
      'network_ports',
      'databases_services',
      'simcards',
      'cpus',
      'operatingsystem',
      'accesslog',
    ];
    const fields = [
      'name',
      'uuid',
      'ssn',
      'serial',
      'mac',
      'type',
      'model',
      'ips',
      'memory',
      'vmtype',
      'imei',
      'connections',
      'logdate',
    ];
    const leaf = fc.oneof(
      fc.string(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.constant('SKY12345'),
      fc.array(fc.string(), { maxLength: 2 }),
    );
    const row = fc.dictionary(fc.constantFrom(...fields), leaf, { maxKeys: 8 });
    const content = fc.dictionary(
      fc.constantFrom(...words),
      fc.oneof(leaf, row, fc.array(fc.oneof(leaf, row), { maxLength: 3 })),
    );
    const itemtype = fc.constantFrom('Computer', 'Phone', 'Printer', 'NetworkEquipment', 'Unmanaged', null);
    fc.assert(
      fc.property(fc.record({ content, itemtype, deviceid: leaf }), (document) => {
        const records = mapGlpi(document).flatMap((one) =>
          'record' in one ? [DiscoveryRecord.parse(one.record)] : [],
        );
        expect(new Set(keysOf(records)).size).toBe(records.length);
        expect(records.map(({ recordIndex }) => recordIndex)).toEqual(records.map((_record, index) => index));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a file that cannot be read', () => {
  it('names line and column of a syntax error and what to do', async () => {
    const problem = await problemOf('{\n  "content": {\n    "bios": { "ssn": "A1", }\n  }\n}');
    expect(problem).toMatchObject({ code: 'json-syntax', line: 3, column: 28 });
    expect(problem?.detail).toMatch(/line 3, column 28 .*Correct it there/);
  });

  it.each([
    ['{"a":1', 7],
    ['{"a":01}', 6],
    ['{"a" 1}', 6],
    ['[1 2]', 4],
    ['{"a":tru}', 6],
    ['["a\\x"]', 4],
    ['{}{}', 3],
    ["{'a':1}", 2],
    ['[1,]', 4],
    ['', 1],
  ])('finds the fault in %j at column %i', (text, column) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(locateSyntaxError(text)).toMatchObject({ line: 1, column });
  });

  it('finds no fault in valid JSON, and a character put into it where it stands', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, position) => {
        expect(locateSyntaxError(text).found).toBe('the end of the file');
        const at = position % text.length;
        const { column } = locateSyntaxError(`${text.slice(0, at)}\u0001${text.slice(at)}`);
        expect(column).toBeLessThanOrEqual(at + 1);
        expect(text.slice(column - 1, at)).toMatch(/^\\?[\w.+-]*$/);
      }),
    );
  });

  it('skips a byte order mark, also split between chunks', async () => {
    expect((await parse(`\uFEFF${fixture('gate-laptop')}`))[0]?.nativeKey).toBe('serial:dell:7skyw42');
  });

  it('refuses what is nested too deep but not what only looks so inside a text', async () => {
    const nested = (depth: number) =>
      `{"content":{"hardware":{"name":"a"},"x":${'['.repeat(depth)}${']'.repeat(depth)}},"deviceid":"d"}`;
    expect((await problemOf(nested(63)))?.code).toBe('json-too-deep');
    expect(await problemOf(nested(62))).toBeUndefined();
    expect(await problemOf(`{"content":{"hardware":{"name":"\\"${'['.repeat(99)}"}},"deviceid":"d"}`)).toBeUndefined();
  });

  it('refuses more than 32 MB while it reads', async () => {
    let sent = 0;
    const endless = (async function* () {
      const chunk = new Uint8Array(1024 * 1024).fill(0x20);
      for (;;) {
        sent += chunk.length;
        yield chunk;
      }
    })();
    await expect(glpiJson.parse(endless, context)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      problem: { code: 'file-too-large' },
    });
    expect(sent).toBe(largestFile + 1024 * 1024);
  });

  it('refuses agent messages that hold no inventory', async () => {
    expect((await problemOf('{"action":"contact","deviceid":"gate-1"}'))?.code).toBe('no-inventory');
    expect((await problemOf('[]'))?.code).toBe('no-inventory');
  });
});
