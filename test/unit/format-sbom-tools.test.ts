import { describe, expect, it } from '@jest/globals';
import { sbom } from '../../functions/imports/formats/sbom/format.ts';
import { parseWith, recognised, recordsOf, refusalOf } from '../support/discovery-file.ts';

const one = async (content: unknown, objectKey?: string) => {
  const records = recordsOf(await parseWith(sbom, content, objectKey === undefined ? {} : { objectKey }));
  const [record] = records;
  if (record === undefined || records.length > 1) throw new Error(`one record expected, got ${records.length}`);
  return record;
};

describe('bills of SPDX', () => {
  const pack = (id: string, more: object = {}) => ({
    SPDXID: id,
    name: id.slice(8).toLowerCase(),
    versionInfo: '1',
    licenseConcluded: 'NOASSERTION',
    licenseDeclared: 'MIT',
    supplier: 'Organization: Berge (sales@berge.example)',
    ...more,
  });
  const document = (more: object = {}) => ({
    SPDXID: 'SPDXRef-DOCUMENT',
    spdxVersion: 'SPDX-2.3',
    name: 'gate-web',
    documentNamespace: 'https://bills.skyways.example/gate-web-1',
    creationInfo: { created: '2026-03-01T08:00:00Z' },
    packages: [pack('SPDXRef-Root', { name: 'Gate-Web' }), pack('SPDXRef-Turbine', { supplier: 'Person: Some Body' })],
    relationships: [
      { spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: 'SPDXRef-Root' },
      { spdxElementId: 'SPDXRef-Root', relationshipType: 'CONTAINS', relatedSpdxElement: 'SPDXRef-Turbine' },
    ],
    files: [{ SPDXID: 'SPDXRef-File', fileName: '/bin/x' }],
    ...more,
  });

  it.each([
    ['bare', document()],
    ['in the answer of GitHub', { sbom: document() }],
    ['that lists what it describes', document({ relationships: [], documentDescribes: ['SPDXRef-Root'] })],
  ])('read what is described, %s', async (_what, content) => {
    expect(recognised(content)).toBe('sbom');
    expect(await one(content)).toMatchObject({
      nativeKey: 'app:gate-web',
      name: 'Gate-Web',
      sections: { application: { version: '1' }, sbom: { standard: 'SPDX', version: '2.3' } },
      details: { software: [{ name: 'turbine', version: '1', licences: ['MIT'] }] },
    });
  });

  it('take the publisher from organisations, not from people', async () => {
    const { details } = await one(
      document({ packages: [pack('SPDXRef-A'), pack('SPDXRef-B', { supplier: 'Person: Some Body' })] }),
    );
    expect(details?.software).toEqual([
      { name: 'a', version: '1', publisher: 'Berge', licences: ['MIT'] },
      { name: 'b', version: '1', licences: ['MIT'] },
    ]);
  });

  it('know an image by purpose, purl or the name of the document', async () => {
    const root = (more: object) => document({ packages: [pack('SPDXRef-Root', more)] });
    expect((await one(root({ name: 'gate/web:2', primaryPackagePurpose: 'CONTAINER' }))).nativeKey).toBe(
      'image:gate/web',
    );
    const purl = [{ referenceType: 'purl', referenceLocator: 'pkg:oci/web@sha256:00' }];
    expect((await one(root({ name: 'gate/web:2', externalRefs: purl }))).nativeKey).toBe('image:gate/web');
    const space = 'https://anchore.example/syft/image/gate-web-1';
    expect((await one(document({ documentNamespace: space, relationships: [] }))).nativeKey).toBe('image:gate-web');
    expect(
      await refusalOf(sbom, document({ documentNamespace: space.replace('image', 'dir'), relationships: [] })),
    ).toMatchObject({
      code: 'no-usable-record',
    });
  });
});

describe('JSON of Syft', () => {
  const syft = (source: unknown, artifacts: unknown[] = []) => ({
    artifacts,
    files: [{ id: 'x', location: {} }],
    source,
    distro: { name: 'apron', version: '12.1', idLike: '' },
    descriptor: { name: 'syft', version: '1' },
    schema: { version: '16.0.0', url: 'https://raw.example/anchore/syft/main/schema.json' },
  });
  const artifact = {
    id: 'a',
    name: 'turbine',
    version: '2',
    type: 'apk',
    foundBy: 'apkdb-cataloger',
    metadata: { architecture: 'x86_64', maintainer: 'Some Body <b@berge.example>' },
  };

  it.each([
    [
      'of old',
      { type: 'image', target: { userInput: 'gate/web:latest', manifestDigest: `sha256:${'ab'.repeat(32)}` } },
    ],
    [
      'of today',
      {
        type: 'image',
        name: 'gate/web',
        version: 'latest',
        metadata: { userInput: 'gate/web:latest', manifestDigest: `sha256:${'ab'.repeat(32)}` },
      },
    ],
  ])('reads an image, %s', async (_what, source) => {
    const content = syft(source, [
      { ...artifact, licenses: ['MIT', { value: 'GPL', spdxExpression: 'GPL-2.0-only' }] },
    ]);
    expect(recognised(content)).toBe('sbom');
    expect(await one(content)).toMatchObject({
      nativeKey: 'image:gate/web',
      sections: { image: { digest: `sha256:${'ab'.repeat(32)}` }, os: { osName: 'apron', osVersion: '12.1' } },
      details: { software: [{ name: 'turbine', version: '2', arch: 'x86_64', licences: ['GPL-2.0-only', 'MIT'] }] },
    });
  });

  it('asks whose folder it is that was looked at', async () => {
    const content = syft({ type: 'directory', target: '/srv' }, [artifact]);
    const refused = await refusalOf(sbom, content);
    expect(refused).toMatchObject({ code: 'no-usable-record', detail: expect.stringMatching(/host=<name>/) });
    expect((await one(content, 'discovery/bills/host=gate-01.skyways.example/b.json')).details?.software).toHaveLength(
      1,
    );
  });
});
