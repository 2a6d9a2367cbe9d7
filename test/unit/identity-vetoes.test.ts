import { describe, expect, it } from '@jest/globals';
import { brief, known, resolve } from '../support/identity-cases.ts';

const uuidA = '2c4f7a10-9b3d-4e21-8a5c-0d1e2f3a4b5c';
const uuidB = '9d5e8b21-0c4e-4f32-9b6d-1e2f3a4b5c6d';

describe('qualifiers', () => {
  it.each([
    ['serial:SKY0001@Dell', 'serial:SKY0001@Dell Inc.', 'match ast_1 by serial'],
    ['serial:SKY0001@Dell', 'serial:SKY0001', 'match ast_1 by serial'],
    ['serial:SKY0001', 'serial:SKY0001@HP', 'match ast_1 by serial'],
    ['serial:SKY0001@To be filled', 'serial:SKY0001@HP', 'match ast_1 by serial'],
    ['serial:SKY0001@Dell', 'serial:SKY0001@HP', 'new new-by-strong-identifier'],
    ['assetTag:SKY-1@Skyways', 'assetTag:SKY-1@Skyways Cargo', 'new new-by-strong-identifier'],
    ['assetTag:SKY-1@Skyways', 'assetTag:SKY-1', 'match ast_1 by asset-tag'],
  ])('%s beside %s: %s', (mine, theirs, expected) => {
    expect(brief(resolve([mine], [known('ast_1', [theirs])]))).toBe(expected);
  });
});

describe('vetoes', () => {
  it.each([
    ['serial', ['serial:SKY0001', `uuid:${uuidA}`], ['serial:SKY0002', `uuid:${uuidA}`]],
    ['serial', ['serial:SKY0001@Dell', `uuid:${uuidA}`], ['serial:SKY0002@HP', `uuid:${uuidA}`]],
    ['uuid', ['serial:SKY0001', `uuid:${uuidA}`], ['serial:SKY0001', `uuid:${uuidB}`]],
    ['cloudId', ['serial:SKY0001', 'cloudId:i-1'], ['serial:SKY0001', 'cloudId:i-2']],
    ['imei', ['serial:SKY0001', 'imei:352099001761481'], ['serial:SKY0001', 'imei:352099001761482']],
    ['udid', ['serial:SKY0001', 'udid:1f2e3d4c5b6a'], ['serial:SKY0001', 'udid:2f2e3d4c5b6a']],
  ])('a differing %s makes a strong match ambiguous, with both sides as evidence', (type, mine, theirs) => {
    const resolution = resolve(mine, [known('ast_1', theirs)]);
    expect(brief(resolution)).toBe('ambiguous ast_1');
    const evidence = resolution.kind === 'ambiguous' ? resolution.candidates[0]?.evidence : [];
    expect(evidence).toEqual([
      expect.stringMatching(/ agrees$/),
      expect.stringMatching(new RegExp(`^${type} differs: record .+, known .+$`)),
    ]);
  });

  it('holds for the native key too', () => {
    const { device } = known('ast_1', ['serial:SKY0001']);
    const resolution = resolve(['serial:SKY0002'], [], { nativeDevice: device });
    expect(resolution).toMatchObject({
      kind: 'ambiguous',
      candidates: [{ device, evidence: ['source native key agrees', 'serial differs: record SKY0002, known SKY0001'] }],
    });
  });

  it.each(['mac:a4:bf:01:23:45:67', 'fqdn:gate-07.skyways.example', 'boardSerial:BX-77-1'])(
    'drops a device that shares only %s when its serial differs',
    (medium) => {
      const other = known('ast_1', [medium, 'serial:SKY0002']);
      expect(brief(resolve([medium, 'serial:SKY0001'], [other]))).toBe('new new-by-strong-identifier');
      expect(brief(resolve([medium, 'serial:SKY0002'], [other]))).toBe('match ast_1 by serial');
      expect(brief(resolve([medium], [other]))).toMatch(/^match ast_1/);
    },
  );

  it('does not see a contradiction where one value is equal, weak, junk or only known to one side', () => {
    const stack = known('ast_1', ['serial:SKY0001', 'serial:SKY0002', `uuid:${uuidA}`]);
    expect(brief(resolve(['serial:SKY0002', 'serial:SKY0003'], [stack]))).toBe('match ast_1 by serial');
    const weak = known('ast_1', ['serial:SKY0001', 'uuid:03d40274-0435-0512-3456-780700080009']);
    expect(brief(resolve(['serial:SKY0001', `uuid:${uuidA}`], [weak]))).toBe('match ast_1 by serial');
    const strong = known('ast_1', ['serial:SKY0001', `uuid:${uuidA}`]);
    const mine = ['serial:SKY0001', 'uuid:03d40274-0435-0512-3456-780700080009'];
    expect(brief(resolve(mine, [strong]))).toBe('match ast_1 by serial');
    const junk = {
      device: { deviceId: 'ast_1', identifiers: ['serial||NOT SPECIFIED', 'fqdn||a.skyways.example'] },
      claims: [],
    };
    expect(brief(resolve(['serial:SKY0001', 'fqdn:a.skyways.example'], [junk]))).toBe('match ast_1 by fqdn');
  });

  it('lets a book give a thing a new asset tag', () => {
    const texts = ['serial:SKY0001', 'assetTag:SKY-1'];
    expect(brief(resolve(['serial:SKY0001', 'assetTag:SKY-2'], [known('ast_1', texts)], { half: 'book' }))).toBe(
      'match ast_1 by serial',
    );
  });

  it.each([
    ['printer', 'server', 'ambiguous ast_1'],
    ['mobile', 'computer', 'ambiguous ast_1'],
    ['network-device', 'printer', 'ambiguous ast_1'],
    ['computer', 'server', 'match ast_1 by serial'],
    ['unmanaged', 'printer', 'match ast_1 by serial'],
    ['mobile', 'device', 'match ast_1 by serial'],
    ['virtual-machine', 'computer', 'match ast_1 by serial'],
    [undefined, 'printer', 'match ast_1 by serial'],
  ] as const)('class %s beside %s: %s', (mine, theirs, expected) => {
    const more = mine === undefined ? {} : { ciClass: mine };
    expect(brief(resolve(['serial:SKY0001'], [known('ast_1', ['serial:SKY0001'], theirs)], more))).toBe(expected);
  });

  it('takes a guest for a computer only when serial, UUID or cloud id agree', () => {
    const host = known('ast_1', ['assetTag:SKY-1', 'fqdn:ops.skyways.example'], 'computer');
    expect(brief(resolve(['assetTag:SKY-1'], [host], { ciClass: 'virtual-machine' }))).toBe('ambiguous ast_1');
    expect(brief(resolve(['fqdn:ops.skyways.example'], [host], { ciClass: 'virtual-machine' }))).toBe(
      'new new-by-native-key',
    );
    expect(brief(resolve(['fqdn:ops.skyways.example'], [host], { ciClass: 'server' }))).toBe('match ast_1 by fqdn');
  });
});
