import { describe, expect, it } from '@jest/globals';
import { chooseFormat } from '../support/formats.ts';
import { parseWith, problemWith, uploadOf } from '../support/parse-format.ts';

const read = async (content: string, key?: string) => {
  const { name } = chooseFormat(content, uploadOf(key ?? 'x'), undefined);
  return { name, parsed: await parseWith(name, content, key) };
};

describe('CycloneDX as XML', () => {
  const bom = (inner: string) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<bom xmlns="http://cyclonedx.org/schema/bom/1.5" version="1">${inner}</bom>`;
  const head =
    '<metadata><timestamp>2026-11-01T00:00:00Z</timestamp><component type="application" bom-ref="root"><group>skyways</group><name>gate-app</name><version>1.0</version></component></metadata>';
  const library =
    '<component type="library" bom-ref="a"><supplier><name>Berge</name></supplier><group>org.berge</group><name>wing &amp; tail</name><version>1</version><hashes><hash alg="MD5">0</hash></hashes><licenses><license><id>MIT</id></license><expression>Apache-2.0</expression></licenses><purl>pkg:maven/org.berge/wing@1</purl><components><component type="library"><name>nested</name><version>2</version></component></components></component>';

  it('is mapped as its JSON is', async () => {
    const content = bom(
      `${head}<components>${library}<component type="operating-system"><name>alpine</name><version>3.1</version></component></components><services><service><name>booking</name></service></services>`,
    );
    expect(await read(content)).toMatchObject({
      name: 'cyclonedx-xml',
      parsed: [
        {
          record: {
            nativeKey: 'app:skyways/gate-app',
            ciClass: 'application',
            observedAt: '2026-11-01T00:00:00.000Z',
            sections: { os: { osName: 'alpine' } },
            details: {
              software: [
                { name: 'nested', version: '2' },
                { name: 'wing & tail', publisher: 'Berge', licences: ['Apache-2.0', 'MIT'] },
              ],
              services: [{ name: 'booking' }],
            },
          },
        },
      ],
    });
  });
  it('may have a prefix, and be about the host that its path names', async () => {
    const content = bom(`<components>${library}</components>`)
      .replaceAll(/<(\/?)(?=[a-z])/g, '<$1b:')
      .replace('xmlns=', 'xmlns:b=');
    const { parsed } = await read(content, 'discovery/sbom/host=web-01.skyways.example/bom.xml');
    expect(parsed).toMatchObject([{ record: { nativeKey: 'host:web-01.skyways.example', partial: true } }]);
  });
  it('must say what it is about, and be well-formed', async () => {
    expect((await problemWith('cyclonedx-xml', bom('<components/>')))?.code).toBe('no-usable-record');
    expect((await problemWith('cyclonedx-xml', bom(head).slice(0, -8)))?.code).toBe('xml-syntax');
    const evil = `<!DOCTYPE bom [<!ENTITY a "b">]>${bom(head).slice(39)}`;
    expect((await problemWith('cyclonedx-xml', evil))?.code).toBe('xml-doctype');
  });
  it('takes __proto__ as a name like any other', async () => {
    const { parsed } = await read(
      bom(
        `${head}<components><component type="library" __proto__="x"><name>a</name><__proto__><polluted>1</polluted></__proto__></component></components>`,
      ),
    );
    expect(parsed).toMatchObject([{ record: { details: { software: [{ name: 'a' }] } } }]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('SPDX beyond the JSON of version 2', () => {
  const openssl = { name: 'openssl', version: '3.0', purl: 'pkg:deb/debian/openssl@3.0' };
  it('is read as a graph of version 3', async () => {
    const content = JSON.stringify({
      '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
      '@graph': [
        { type: 'CreationInfo', '@id': '_:c', specVersion: '3.0.1', created: '2026-03-06T00:00:00Z' },
        { type: 'SpdxDocument', spdxId: 'urn:doc', rootElement: ['urn:bom'] },
        { type: 'software_Sbom', spdxId: 'urn:bom', rootElement: ['urn:root'] },
        {
          type: 'software_Package',
          spdxId: 'urn:root',
          name: 'gate-web',
          software_packageVersion: '1.0',
          software_primaryPurpose: 'application',
        },
        {
          type: 'software_Package',
          spdxId: 'urn:p',
          name: 'openssl',
          software_packageVersion: '3.0',
          externalIdentifier: [{ externalIdentifierType: 'packageUrl', identifier: openssl.purl }],
        },
        { type: 'Relationship', relationshipType: 'dependsOn', from: 'urn:root', to: ['urn:p'] },
      ],
    });
    expect(await read(content)).toMatchObject({
      name: 'sbom',
      parsed: [
        {
          record: {
            nativeKey: 'app:gate-web',
            observedAt: '2026-03-06T00:00:00.000Z',
            details: { software: [openssl] },
          },
        },
      ],
    });
  });
  it('is read as tags and values', async () => {
    const content = `SPDXVersion: SPDX-2.3\r\nSPDXID: SPDXRef-DOCUMENT\r\nDocumentName: gate\r\nDocumentNamespace: https://skyways.example/gate\r\nCreated: 2026-03-06T00:00:00Z\r\n
PackageName: gate-web
SPDXID: SPDXRef-root
PackageComment: <text>more than one line
PackageName: none of ours
</text>
FileName: ./a.js
SPDXID: SPDXRef-file
PackageName: openssl
SPDXID: SPDXRef-ssl
PackageVersion: 3.0
PackageSupplier: Organization: Berge
ExternalRef: PACKAGE-MANAGER purl pkg:deb/debian/openssl@3.0
Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-root
`;
    expect(await read(content)).toMatchObject({
      name: 'sbom',
      parsed: [{ record: { nativeKey: 'app:gate-web', details: { software: [{ ...openssl, publisher: 'Berge' }] } } }],
    });
  });
  it('of which nothing is told is refused', async () => {
    expect((await problemWith('sbom', 'SPDXVersion: SPDX-2.3\n'))?.code).toBe('no-usable-record');
  });
});
