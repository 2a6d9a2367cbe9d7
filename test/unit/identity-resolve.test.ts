import { describe, expect, it } from '@jest/globals';
import type { CiClassName } from '../../domain/ci/ci-classes.ts';
import type { RawIdentifier } from '../../domain/discovery/record.ts';
import type { KnownDevice } from '../../domain/identity/device.ts';
import { claimKeyOf, compactIdentifier, type Identifier } from '../../domain/identity/identifier.ts';
import { normaliseIdentifiers } from '../../domain/identity/normalise.ts';
import { type Resolution, type ResolveInput, resolveIdentity } from '../../domain/identity/resolve.ts';

const uuidA = '2c4f7a10-9b3d-4e21-8a5c-0d1e2f3a4b5c';
const uuidB = '9d5e8b21-0c4e-4f32-9b6d-1e2f3a4b5c6d';

/** `serial:SKY0001@Dell` is a serial of that vendor. */
const raw = (text: string): RawIdentifier => {
  const [type = '', rest = ''] = text.split(/:(.*)/s);
  const [value = '', qualifier] = rest.split('@');
  return { type: type as RawIdentifier['type'], value, ...(qualifier === undefined ? {} : { qualifier }) };
};

type Nature = ResolveInput['nature'];
const identifiersOf = (texts: readonly string[], nature: Nature = 'physical', feed = 'agents'): Identifier[] =>
  normaliseIdentifiers({ identifiers: texts.map(raw), nature }, feed);

/** A known device that was built from the same kind of identifiers, and the claims that it made. */
const known = (deviceId: string, texts: readonly string[], ciClass?: CiClassName, nature?: Nature) => {
  const identifiers = identifiersOf(texts, nature).filter(({ strength }) => strength !== 'rejected');
  const device: KnownDevice = {
    deviceId,
    identifiers: identifiers.map(compactIdentifier),
    ...(ciClass === undefined ? {} : { ciClass }),
  };
  return { device, claims: identifiers.map(claimKeyOf) };
};

const resolve = (texts: readonly string[], candidates: ResolveInput['candidates'], more: Partial<ResolveInput> = {}) =>
  resolveIdentity({
    identifiers: identifiersOf(texts, more.nature),
    candidates,
    nature: 'physical',
    partial: false,
    half: 'discovery',
    ...more,
  });

const brief = (resolution: Resolution): string => {
  if (resolution.kind === 'match') return `match ${resolution.device.deviceId} by ${resolution.rule}`;
  if (resolution.kind === 'ambiguous')
    return `ambiguous ${resolution.candidates.map(({ device }) => device.deviceId).join(' ')}`;
  return resolution.kind === 'new' ? `new ${resolution.rule}` : 'held';
};

describe('one rule, one known device', () => {
  it.each([
    ['cloud-id', ['cloudId:i-0abc']],
    ['cloud-id', ['k8sUid:5f1c-77']],
    ['uuid-and-serial', [`uuid:${uuidA}`, 'serial:SKY0001@Dell']],
    ['serial', ['serial:SKY0001@Dell Inc.']],
    ['uuid', [`uuid:${uuidA}`]],
    ['imei-or-udid', ['imei:352099001761481']],
    ['imei-or-udid', ['udid:00008020-001c2d223c38002e']],
    ['asset-tag', ['assetTag:SKY-00017@Skyways']],
    ['board-serial', ['boardSerial:BX-77-1']],
    ['chassis-serial', ['chassisSerial:CH-77-1']],
    ['ssh-host-key', [`sshHostKey:${'q'.repeat(60)}`]],
    ['machine-id', ['machineId:0f1e2d3c4b5a69788796a5b4c3d2e1f0']],
    ['permanent-mac', ['mac:a4:bf:01:23:45:67']],
    ['fqdn', ['fqdn:gate-07.skyways.example']],
    ['hostname-and-fact', ['hostname:gate-07', 'ip:10.20.0.7']],
    ['hostname-and-fact', ['hostname:gate-07', 'mac:ae:01:02:03:04:05']],
  ])('%s matches on %j', (rule, texts) => {
    const resolution = resolve(texts, [known('ast_1', texts)]);
    expect(brief(resolution)).toBe(`match ast_1 by ${rule}`);
    expect(resolution).toMatchObject({
      identifiers: expect.arrayContaining([expect.objectContaining({ value: expect.any(String) })]),
    });
  });

  it.each([
    ['an IP alone', ['ip:10.20.0.7']],
    ['a hostname alone', ['hostname:gate-07']],
    ['a hostname and the name that follows from it', ['hostname:macbook', 'fqdn:macbook.local']],
    ['a dock', ['mac:00:e0:4c:01:02:03']],
    ['a partly unique UUID', ['uuid:03d40274-0435-0512-3456-780700080009']],
    ['a placeholder', ['serial:System Serial Number', 'ip:10.20.0.7']],
  ])('%s matches nothing', (_name, texts) => {
    expect(brief(resolve(texts, [known('ast_1', texts)]))).toBe('held');
  });

  it('names the first rule that fits, and exactly what it rests on', () => {
    const texts = [`uuid:${uuidA}`, 'serial:SKY0001', 'mac:a4:bf:01:23:45:67', 'assetTag:SKY-00017'];
    expect(resolve(texts, [known('ast_1', texts)])).toMatchObject({
      rule: 'uuid-and-serial',
      identifiers: [
        { type: 'serial', value: 'SKY0001' },
        { type: 'uuid', value: expect.any(String) },
      ],
    });
  });

  it('does not match a hostname or an IP of another feed', () => {
    const texts = ['hostname:gate-07', 'ip:10.20.0.7'];
    const elsewhere = identifiersOf(texts, 'physical', 'other-site');
    expect(brief(resolve(texts, [known('ast_1', texts)], { identifiers: elsewhere }))).toBe('held');
  });

  it('matches by the native key, and says so', () => {
    const { device } = known('ast_1', ['serial:SKY0001']);
    expect(resolve(['ip:10.20.0.7'], [], { nativeDevice: device, nativeKey: 'agent-7' })).toEqual({
      kind: 'match',
      device,
      rule: 'native-key',
      identifiers: [{ type: 'nativeKey', value: 'agent-7' }],
    });
  });

  it('takes several entries of one device for one', () => {
    const [a, b] = [known('ast_1', ['serial:SKY0001']), known('ast_1', [`uuid:${uuidA}`])];
    const resolution = resolve(['serial:SKY0001', `uuid:${uuidA}`], [a, b], { nativeDevice: b.device });
    expect(brief(resolution)).toBe('match ast_1 by native-key');
  });
});

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

describe('several known devices', () => {
  it('never picks between strong ones, even if a higher rule matched one of them', () => {
    const a = known('ast_1', ['serial:SKY0001']);
    const b = known('ast_2', ['assetTag:SKY-2']);
    const texts = ['serial:SKY0001', 'assetTag:SKY-2'];
    expect(resolve(texts, [b, a])).toEqual({
      kind: 'ambiguous',
      candidates: [
        { device: a.device, evidence: ['serial SKY0001 agrees'] },
        { device: b.device, evidence: ['assetTag SKY-2 agrees'] },
      ],
    });
    expect(brief(resolve(texts, [b], { nativeDevice: a.device }))).toBe('ambiguous ast_1 ast_2');
  });

  it('prefers a strong match to medium ones that point elsewhere', () => {
    const texts = ['serial:SKY0001', 'fqdn:gate-07.skyways.example', 'mac:a4:bf:01:23:45:67'];
    const others = [known('ast_2', texts.slice(1)), known('ast_3', texts.slice(2))];
    expect(brief(resolve(texts, [...others, known('ast_1', ['serial:SKY0001'])]))).toBe('match ast_1 by serial');
  });

  it('falls through a medium rule that fits several', () => {
    const mac = 'mac:a4:bf:01:23:45:67';
    const a = known('ci_1', [mac, 'fqdn:a.skyways.example']);
    const b = known('ci_2', [mac, 'hostname:bay', 'ip:10.20.0.7']);
    expect(brief(resolve([mac, 'fqdn:a.skyways.example'], [a, b]))).toBe('match ci_1 by fqdn');
    expect(brief(resolve([mac, 'hostname:bay', 'ip:10.20.0.7'], [a, b]))).toBe('match ci_2 by hostname-and-fact');
    expect(brief(resolve([mac], [a, b]))).toBe('ambiguous ci_1 ci_2');
  });

  it('does not pick between medium rules that point at different devices', () => {
    const a = known('ci_1', ['boardSerial:BX-77-1']);
    const b = known('ci_2', ['fqdn:b.skyways.example']);
    expect(brief(resolve(['boardSerial:BX-77-1', 'fqdn:b.skyways.example'], [a, b]))).toBe('ambiguous ci_1 ci_2');
  });

  it('does not pick between two of the same name and address', () => {
    const texts = ['hostname:gate-07', 'ip:10.20.0.7'];
    expect(brief(resolve(texts, [known('ci_1', texts), known('ci_2', texts)]))).toBe('ambiguous ci_1 ci_2');
    expect(brief(resolve(texts, [known('ci_1', texts), known('ci_2', ['hostname:gate-07'])]))).toBe(
      'match ci_1 by hostname-and-fact',
    );
  });
});

describe('no known device', () => {
  it('names the new thing by the first type of a fixed order', () => {
    const texts = ['mac:a4:bf:01:23:45:67', `uuid:${uuidA}`, 'serial:SKY0001', 'assetTag:SKY-1'];
    expect(resolve(texts, [])).toMatchObject({ kind: 'new', strongest: { type: 'serial', value: 'SKY0001' } });
    expect(resolve([...texts, 'cloudId:i-1'], [])).toMatchObject({ strongest: { type: 'cloudId' } });
    expect(resolve(texts.slice(0, 2), [])).toMatchObject({ strongest: { type: 'uuid' } });
  });

  it.each([
    ['a permanent MAC', ['mac:a4:bf:01:23:45:67'], {}, 'new new-by-medium-identifier'],
    ['a part with a serial', ['serial:SKY0001'], { partial: true }, 'new new-by-strong-identifier'],
    ['a part with a MAC', ['mac:a4:bf:01:23:45:67'], { partial: true }, 'held'],
    ['only weak ones', ['hostname:gate-07', 'ip:10.20.0.7'], {}, 'held'],
    ['nothing', [], { nature: 'unknown' }, 'held'],
    ['a book row with nothing', [], { half: 'book' }, 'new new-by-native-key'],
    ['a guest with a name', ['hostname:gate-07'], { nature: 'virtual' }, 'new new-by-native-key'],
    ['an application', [], { nature: 'unknown', ciClass: 'application' }, 'new new-by-native-key'],
    ['an unmanaged address', ['ip:10.20.0.7'], { ciClass: 'unmanaged' }, 'held'],
  ] as const)('%s', (_name, texts, more, expected) => {
    const resolution = resolve(texts, [], more);
    expect(brief(resolution)).toBe(expected);
    expect('strongest' in resolution).toBe(/strong|medium/.test(expected));
  });

  it('does not name a new thing by an identifier that another thing holds', () => {
    const texts = ['mac:a4:bf:01:23:45:67', 'fqdn:print.skyways.example'];
    const server = known('ast_1', ['mac:a4:bf:01:23:45:67'], 'server');
    expect(resolve(texts, [server], { ciClass: 'printer' })).toMatchObject({
      kind: 'new',
      strongest: { type: 'fqdn' },
    });
    expect(resolve(texts, [], { ciClass: 'printer' })).toMatchObject({ kind: 'new', strongest: { type: 'mac' } });
  });

  it('says why a record is held', () => {
    expect(resolve(['hostname:gate-07', 'ip:10.20.0.7'], [])).toEqual({
      kind: 'held',
      reason: 'nothing names it alone; identifiers: hostname, ip',
    });
  });
});
