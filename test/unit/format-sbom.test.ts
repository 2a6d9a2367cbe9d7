import { describe, expect, it } from '@jest/globals';
import { sbom } from '../../functions/imports/formats/sbom/format.ts';
import { imageSubject } from '../../functions/imports/formats/sbom/image-name.ts';
import { productPurl } from '../../functions/imports/formats/sbom/rows.ts';
import { errorsOf, fixtureText, parseWith, recognised, recordsOf, refusalOf } from '../support/discovery-file.ts';
import { importRig } from '../support/import-rig.ts';
import { memoryTable } from '../support/memory-table.ts';

const bill = () => JSON.parse(fixtureText('sbom/gate-app.cdx.json'));
const one = async (content: unknown, objectKey?: string) => {
  const records = recordsOf(await parseWith(sbom, content, objectKey === undefined ? {} : { objectKey }));
  const [record] = records;
  if (record === undefined || records.length > 1) throw new Error(`one record expected, got ${records.length}`);
  return record;
};

describe('a bill of CycloneDX', () => {
  it('is the software of the application that it names, without its version', async () => {
    expect(recognised(bill())).toBe('sbom');
    expect(await one(bill())).toEqual({
      recordIndex: 0,
      line: 1,
      nativeKey: 'pkg:maven/example.skyways/gate-display',
      half: 'discovery',
      action: 'upsert',
      partial: false,
      observedAt: '2026-03-01T08:45:32.000Z',
      nature: 'logical',
      ciClass: 'application',
      name: 'gate-display',
      identifiers: [],
      sections: {
        application: {
          group: 'example.skyways',
          version: '4.2.0',
          purl: 'pkg:maven/example.skyways/gate-display@4.2.0?type=jar',
        },
        os: { osName: 'Apron Linux', osVersion: '12' },
        sbom: { standard: 'CycloneDX', version: '1.5' },
      },
      details: {
        software: [
          { name: 'altimeter' },
          { name: 'blade', version: '1' },
          { name: 'gate-display-web', version: '4.2.0' },
          {
            name: 'turbine',
            version: '2.1',
            group: 'example.berge',
            arch: 'noarch',
            publisher: 'Berge Software',
            purl: 'pkg:maven/example.berge/turbine@2.1?arch=noarch',
            licences: ['Apache-2.0 OR BSD-3-Clause', 'House licence', 'MIT'],
          },
        ],
        services: [{ name: 'Gate API', version: '4' }, { name: 'Seat map' }],
      },
      warnings: [],
    });
  });

  it('says the same whatever the order of its lists and keys', async () => {
    const { components, ...head } = bill();
    const turned = { components: components.reverse(), ...head };
    expect(await one(turned)).toEqual(await one(bill()));
  });

  it('updates the application when it is released again', async () => {
    const rig = importRig(memoryTable());
    const first = await rig.importFile('bills', 'a.json', JSON.stringify(bill()));
    const next = bill();
    next.metadata.component.version = '4.3.0';
    next.metadata.component.purl = 'pkg:maven/example.skyways/gate-display@4.3.0';
    next.metadata.timestamp = '2026-03-02T09:45:32+01:00';
    const second = await rig.importFile('bills', 'b.json', JSON.stringify(next));
    expect(first.run.counts).toMatchObject({ created: 1 });
    expect(second.run.counts).toMatchObject({ created: 0, updated: 1 });
    next.serialNumber = 'urn:uuid:0d0c0b0a-0000-4000-8000-000000000002';
    next.metadata.timestamp = '2026-03-03T09:45:32+01:00';
    const third = await rig.importFile('bills', 'c.json', JSON.stringify(next));
    expect(third.run.counts).toMatchObject({ unchanged: 1 });
  });

  it('knows an image by its repository', async () => {
    const told = bill();
    const digest = `sha256:${'ab'.repeat(32)}`;
    told.metadata.component = {
      type: 'container',
      name: 'registry.skyways.example:5000/gate/web:1.2',
      version: digest,
    };
    expect(await one(told)).toMatchObject({
      nativeKey: 'image:registry.skyways.example:5000/gate/web',
      sections: { image: { repository: 'registry.skyways.example:5000/gate/web', digest } },
    });
  });
});

describe('what the path of the object says', () => {
  const hostOf = async (name: string) => (await one(bill(), `discovery/bills/host=${name}/bill.json`)).identifiers;

  it('wins over the bill: the software of a host that is known from elsewhere', async () => {
    const record = await one(bill(), 'discovery/bills/host=Gate-01.skyways.example/bill.json');
    expect(record).toMatchObject({ nativeKey: 'host:gate-01.skyways.example', partial: true, nature: 'unknown' });
    expect(record).not.toHaveProperty('ciClass');
    expect(record.details?.software).toHaveLength(4);
  });

  it('names a host by domain name, instance, UUID or plain name', async () => {
    expect(await hostOf('gate-01.skyways.example')).toEqual([{ type: 'fqdn', value: 'gate-01.skyways.example' }]);
    expect(await hostOf('i-0abc1234def567890')).toEqual([{ type: 'cloudId', value: 'aws:i-0abc1234def567890' }]);
    const uuid = '7a6f4cb2-3f0e-4c11-9b5d-0e1f2a3b4c5d';
    expect(await hostOf(uuid)).toEqual([{ type: 'uuid', value: uuid }]);
    expect(await hostOf('gate-01')).toEqual([{ type: 'hostname', value: 'gate-01' }]);
  });

  it('names images and applications too, encoded or not', async () => {
    const keyOf = async (path: string) => (await one(bill(), `discovery/bills/${path}/bill.json`)).nativeKey;
    expect(await keyOf('image=registry.skyways.example%2Fgate%2Fweb%3A1.2')).toBe(
      'image:registry.skyways.example/gate/web',
    );
    expect(await keyOf('app=Gate Display')).toBe('app:gate display');
    expect(await keyOf('image=100%')).toBe('image:100%');
    expect(await keyOf('host=')).toBe('pkg:maven/example.skyways/gate-display');
  });

  it('adds the software to the host that another source told of, and holds it for a host that nobody knows', async () => {
    const rig = importRig(memoryTable());
    const host = {
      deviceid: 'gate-01',
      itemtype: 'Computer',
      content: {
        bios: { ssn: 'BRG0042X', smanufacturer: 'Berge' },
        hardware: { name: 'gate-01' },
        operatingsystem: { fqdn: 'gate-01.skyways.example', full_name: 'Apron Linux' },
      },
    };
    const {
      records: [told],
    } = await rig.importFile('agents', 'gate-01.json', JSON.stringify(host));
    const known = await rig.importFile('bills', 'host=gate-01.skyways.example/b.json', JSON.stringify(bill()));
    expect(known.records[0]).toMatchObject({ ciId: told?.ciId, matchedBy: { rule: 'fqdn' } });
    const unknown = await rig.importFile('bills', 'host=gate-02.skyways.example/b.json', JSON.stringify(bill()));
    expect(unknown.records[0]).toMatchObject({ outcome: 'held' });
  });
});

describe('names', () => {
  it('of images lose tag and digest, and keep the port of the registry', () => {
    const nameOf = (reference: string) => {
      const subject = imageSubject(reference);
      return subject?.kind === 'image' ? subject.name : undefined;
    };
    expect(['web', 'web:1', 'a:5000/web', 'a:5000/web:1@sha256:00', 'a/b/c:1.2-x'].map(nameOf)).toEqual([
      'web',
      'web',
      'a:5000/web',
      'a:5000/web',
      'a/b/c',
    ]);
    expect([`sha256:${'ab'.repeat(32)}`, ' '].map(nameOf)).toEqual([undefined, undefined]);
  });

  it('of products lose version, qualifiers and subpath', () => {
    expect(['pkg:npm/%40sky/gate@1.0?x=y#z', 'pkg:npm/@sky/gate', 'pkg:maven/a/b@1'].map(productPurl)).toEqual([
      'pkg:npm/%40sky/gate',
      'pkg:npm/@sky/gate',
      'pkg:maven/a/b',
    ]);
  });
});

describe('what cannot be read, or only in part', () => {
  it('keeps the first 20,000 components and says how many it left out', async () => {
    const told = bill();
    told.components = Array.from({ length: 20_010 }, (_, at) => ({
      type: 'library',
      name: `part-${String(at).padStart(5, '0')}`,
    }));
    const record = recordsOf(await parseWith(sbom, told, { chunk: 65_536 }))[0];
    expect(record?.details?.software).toHaveLength(20_000);
    expect(record?.warnings).toEqual([{ code: 'software-cut', detail: expect.stringMatching(/; 11 more/) }]);
  });

  it('names the place of a broken component and takes the others', async () => {
    const text = JSON.stringify(bill()).replace('{"type":"library"}', '\n{"type":}');
    const parsed = await parseWith(sbom, text);
    expect(recordsOf(parsed)[0]?.details?.software).toHaveLength(4);
    expect(errorsOf(parsed)).toEqual([expect.objectContaining({ line: 2, column: 9 })]);
  });

  it('refuses what is no bill, and one that does not say what it is about', async () => {
    expect(await refusalOf(sbom, { components: [], bomFormat: 'other' })).toMatchObject({ code: 'no-usable-record' });
    const nameless = bill();
    for (const component of [
      undefined,
      { type: 'file', name: './x' },
      { type: 'device', name: 'gate' },
      { type: 'library', name: '/srv' },
    ]) {
      nameless.metadata.component = component;
      expect(await refusalOf(sbom, nameless)).toMatchObject({ detail: expect.stringMatching(/app=<name>/) });
    }
  });

  it('leaves secrets, hashes, people and flaws behind, and survives odd types', async () => {
    const all = JSON.stringify(await one(bill()));
    for (const word of [
      'token=boarding',
      '0123456789abcdef',
      'Some Body',
      'CVE-0000-0001',
      'bill-writer',
      'long text',
    ]) {
      expect(fixtureText('sbom/gate-app.cdx.json')).toContain(word);
      expect(all).not.toContain(word);
    }
    const odd = bill();
    let nested: object = { type: 'library', name: 'deep' };
    for (let level = 0; level < 25; level += 1) nested = { type: 'library', name: `l${level}`, components: [nested] };
    odd.components = [7, null, 'x', { name: ['n'], licenses: 'MIT', components: {}, __proto__: 1 }, nested];
    expect((await one(odd)).details?.software?.length).toBeGreaterThan(10);
  });
});
