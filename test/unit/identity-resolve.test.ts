import { describe, expect, it } from '@jest/globals';
import { strongestOf } from '../../domain/identity/strongest.ts';
import { brief, identifiersOf, known, resolve } from '../support/identity-cases.ts';

const uuidA = '2c4f7a10-9b3d-4e21-8a5c-0d1e2f3a4b5c';

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

describe('several known devices', () => {
  it('never picks between strong ones, even if a higher rule matched one of them', () => {
    const a = known('ast_1', ['serial:SKY0001']);
    const b = known('ast_2', ['assetTag:SKY-2']);
    const texts = ['serial:SKY0001', 'assetTag:SKY-2'];
    expect(resolve(texts, [b, a])).toMatchObject({
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

  it('takes the first of several values, whatever their order', () => {
    const serials = identifiersOf(['serial:SKY0002', 'serial:SKY0001', 'serial:SKY0003']);
    expect(strongestOf(serials)?.value).toBe('SKY0001');
    expect(strongestOf(serials.toReversed())?.value).toBe('SKY0001');
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
