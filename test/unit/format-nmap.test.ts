import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DiscoveryRecord } from '../../domain/discovery/record.ts';
import { normaliseIdentifiers } from '../../domain/identity/normalise.ts';
import { chooseFormat } from '../support/formats.ts';
import { parseWith, problemWith } from '../support/parse-format.ts';

const lan = readFileSync(new URL('../fixtures/nmap/hangar-lan.xml', import.meta.url), 'utf8');
const parse = (content: string | Buffer) => parseWith('nmap-xml', content);
const recordsOf = async (content: string | Buffer) =>
  (await parse(content)).map((one) => DiscoveryRecord.parse('record' in one ? one.record : one));
const scan = (hosts: string) => `<nmaprun scanner="nmap" start="1795327200">${hosts}</nmaprun>`;
const host = (more: string) => `<host><status state="up"/><address addr="10.0.0.9" addrtype="ipv4"/>${more}</host>`;
const port = (id: string, more: string, protocol = 'tcp') =>
  `<port protocol="${protocol}" portid="${id}">${more}</port>`;
const valuesOf = (record: DiscoveryRecord | undefined, type: string) =>
  record?.identifiers.flatMap((one) => (one.type === type ? [one.value] : []));

describe('a scan of a network', () => {
  it('is known by its root element, whatever stands before it', () => {
    const chosen = (head: string) => chooseFormat(head, { source: 's', objectKey: 'k', storedAt: '' }, undefined).name;
    expect(chosen(lan.slice(0, 900))).toBe('nmap-xml');
    expect(chosen('<nmaprun scanner="masscan">')).toBe('nmap-xml');
    expect(() => chosen('<?xml version="1.0"?><report><nmaprun/></report>')).toThrow('no known format');
  });

  it('gives the hosts that are up, as partial records of unmanaged devices without asset', async () => {
    const records = await recordsOf(lan);
    expect(records.map(({ nativeKey, recordIndex, line }) => [nativeKey, recordIndex, line])).toEqual([
      ['mac:00:1b:21:5a:10:01', 0, 16],
      ['ip:10.32.4.20', 1, 57],
      ['ip:10.32.4.30', 2, 70],
    ]);
    for (const record of records) {
      expect(record).toMatchObject({ half: 'discovery', partial: true, ciClass: 'unmanaged', nature: 'unknown' });
      expect(record).not.toHaveProperty('assetKind');
    }
    expect(records.map(({ observedAt }) => observedAt)).toEqual([
      '2026-11-22T06:01:00.000Z',
      '2026-11-22T06:01:30.000Z',
      '2026-11-22T06:00:00.000Z',
    ]);
  });

  it('names a host by MAC, PTR, certificate and the host key of port 22', async () => {
    const [store] = await recordsOf(lan);
    expect(store?.name).toBe('got-store-01.skyways.example');
    expect(valuesOf(store, 'fqdn')).toEqual(['got-store-01.skyways.example', 'stores.skyways.example']);
    expect(valuesOf(store, 'hostname')).toEqual(['got-store-01', 'stores', 'parts']);
    expect(valuesOf(store, 'sshHostKey')).toEqual([expect.stringMatching(/^AAAAC3NzaC1lZDI1NTE5/)]);
    const strengths = normaliseIdentifiers({ identifiers: store?.identifiers ?? [], nature: 'unknown' }, 'scan');
    expect(strengths.find(({ type }) => type === 'sshHostKey')?.strength).toBe('medium');
  });

  it('keeps the best guess of the system, and nothing that changes by itself', async () => {
    const [store, counter] = await recordsOf(lan);
    expect(store?.sections).toEqual({
      scan: {
        osGuess: 'MikroTik RouterOS 7.2',
        osAccuracy: 97,
        deviceType: 'router',
        reason: 'arp-response',
        distance: 1,
      },
    });
    expect(counter?.sections).toEqual({ scan: { reason: 'echo-reply' } });
    const later = lan.replaceAll(/(?:endtime|seconds|srtt|rtt|lastboot)="[^"]*"/g, (text) => text.replace(/\d/, '9'));
    expect(later).not.toBe(lan);
    expect((await recordsOf(later)).map(({ sections, details }) => ({ sections, details }))).toEqual(
      (await recordsOf(lan)).map(({ sections, details }) => ({ sections, details })),
    );
  });

  it('keeps open ports in a section of their own, in order; a host that was only pinged has none', async () => {
    const [store, , pinged] = await recordsOf(lan);
    expect(store?.details?.endpoints).toEqual([
      {
        ...{ port: 22, proto: 'tcp', service: 'ssh', product: 'OpenSSH', version: '9.6' },
        cpe: 'cpe:/a:openbsd:openssh:9.6',
      },
      { port: 443, proto: 'tcp', service: 'http', product: 'nginx', tunnel: 'ssl' },
      { port: 445, proto: 'tcp', service: 'microsoft-ds' },
      { port: 2222, proto: 'tcp', service: 'ssh' },
    ]);
    expect(pinged).not.toHaveProperty('details');
    expect(pinged?.warnings.map(({ code }) => code)).toEqual(['weak-identity']);
  });

  it('takes names from Windows, and not those that are made of the address', async () => {
    const [, counter] = await recordsOf(lan);
    expect(valuesOf(counter, 'fqdn')).toEqual(['got-ck-07.ad.skyways.example']);
    expect(valuesOf(counter, 'hostname')).toEqual(['got-ck-07']);
    expect(valuesOf(counter, 'mac')).toEqual(['3c:52:82:10:20:30']);
    const names = ['9.0.0.10.pool.example', 'host-10-0-0-9.example', 'ip0a000009.example', 'node-10.example'];
    for (const name of names) {
      const [named] = await recordsOf(scan(host(`<hostnames><hostname name="${name}" type="PTR"/></hostnames>`)));
      expect(valuesOf(named, 'fqdn')).toEqual(name === 'node-10.example' ? [name] : []);
    }
  });

  it('reads what old versions and other scanners write', async () => {
    const key = `AAAAB3NzaC1yc2EAAAADAQABAAABAQ${'Sky7'.repeat(20)}`;
    const old = scan(
      '<host><address addr="10.0.0.5"/><ports><port portid="80"><service name="http"/><state state="open"/></port></ports></host>' +
        '<host><address addr="10.0.0.6"/><ports><port portid="80"><state state="closed"/></port></ports></host>' +
        host(
          `<hostscript><script id="ssh-hostkey" output="2048 aa (RSA)&#xa;ssh-rsa ${key}"/><script id="smb-os-discovery" output="NetBIOS computer name: OLD-PC\\x00&#xa;FQDN: old-pc.skyways.example&#xa;"/><script id="ssl-cert" output="Subject: countryName=SE/commonName=*.skyways.example"/></hostscript>`,
        ),
    );
    const [masscan, plain, ...more] = await recordsOf(old);
    expect(more).toEqual([]);
    expect(masscan).toMatchObject({
      nativeKey: 'ip:10.0.0.5',
      details: { endpoints: [{ port: 80, proto: 'tcp', service: 'http' }] },
    });
    expect(valuesOf(plain, 'sshHostKey')).toEqual([key]);
    expect(valuesOf(plain, 'fqdn')).toEqual(['old-pc.skyways.example']);
    expect(valuesOf(plain, 'hostname')).toEqual(['old-pc']);
    const utf16 = Buffer.from(`\uFEFF${lan}`, 'utf16le');
    expect(await recordsOf(utf16)).toEqual(await recordsOf(lan));
  });

  it('leaves endpoints alone where the host timed out, and reads odd ports and times as none', async () => {
    const ports = `<ports>${port('99999', '<state state="open"/>')}${port('x', '<state state="open"/>')}${port('7', '<state state="open"/>', 'udp')}</ports>`;
    const [timed] = await recordsOf(
      scan(host(ports).replace('<host', '<host timedout="true" endtime="99999999999999"')),
    );
    expect(timed).not.toHaveProperty('details');
    expect(timed?.observedAt).toBe('2026-11-22T06:00:00.000Z');
    const [odd] = await recordsOf(scan(host(ports)));
    expect(odd?.details?.endpoints).toEqual([{ port: 7, proto: 'udp' }]);
  });

  it('says why a scan failed', async () => {
    const failed =
      '<nmaprun><runstats><finished exit="error" errormsg="Error resolving name got-x"/></runstats></nmaprun>';
    expect(await problemWith('nmap-xml', failed)).toEqual({
      code: 'scan-failed',
      detail: 'The scan failed: Error resolving name got-x. Scan again.',
    });
    expect(await parse('<nmaprun><runstats><finished exit="success"/></runstats></nmaprun>')).toEqual([]);
  });
});
