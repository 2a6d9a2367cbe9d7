import type { RawIdentifier } from '../../../../domain/discovery/record.ts';
import { type Element, type Script, valuesOf } from './host.ts';

/** What scripts tell of a host: `fqdns` and `hosts` are names it gives itself, `subjects` those in its certificates. */
export type Told = { fqdns: string[]; hosts: string[]; subjects: string[]; macs: string[]; keys: RawIdentifier[] };

const mostKeys = 8;

/** The texts of a script by key, else from what it printed: old versions know no keys. */
const told = ({ script }: Script, keys: readonly string[], printed: RegExp): string[] => {
  const found = keys.flatMap((key) => valuesOf(script, key));
  const texts = found.length > 0 ? found : [printed.exec(script.attributes.output ?? '')?.[1] ?? ''];
  return texts.map(clean).filter((text) => text !== '' && !text.startsWith('<'));
};

/** NetBIOS pads names with NULs, which scripts write as `\x00`. */
const clean = (text: string): string =>
  text
    .replaceAll(/\\+x00/g, '')
    .replaceAll('\0', '')
    .trim();

const scriptsOf = (scripts: readonly Script[], pattern: RegExp): Script[] =>
  scripts.filter(({ script }) => pattern.test(script.attributes.id ?? ''));

const keyTypes = /\b((?:ssh|ecdsa|sk)-[\w@.-]+) (AAAA[\w+/]{40,}={0,3})/g;

/** Whole keys only: a fingerprint alone is compared with nothing. Some versions encode them twice. */
const keysOf = (script: Element): string[] => {
  const structured = valuesOf(script, 'key').map((key) =>
    key.startsWith('QUFBQ') ? Buffer.from(key, 'base64').toString('latin1') : key,
  );
  const printed = [...(script.attributes.output ?? '').matchAll(keyTypes)].map(([, , key]) => key ?? '');
  return (structured.length > 0 ? structured : printed).filter((key) => /^AAAA[\w+/]{40,}={0,3}$/.test(key));
};

/** On another port than 22 often another system answers, to which the host only forwards. */
const hostKeys = (scripts: readonly Script[]): string[] => {
  const all = scriptsOf(scripts, /^ssh-hostkey$/);
  const ports = new Set(all.map(({ port }) => port));
  const own = ports.size > 1 ? all.filter(({ port }) => port === '22') : all;
  return [...new Set(own.flatMap(({ script }) => keysOf(script)))].sort().slice(0, mostKeys);
};

/** Names, addresses and keys from `smb-os-discovery`, `nbstat`, `ssl-cert`, `ssh-hostkey` and the `*-ntlm-info` scripts. */
export const readScripts = (scripts: readonly Script[]): Told => {
  const smb = scriptsOf(scripts, /^smb-os-discovery$/);
  const ntlm = scriptsOf(scripts, /-ntlm-info$/);
  const nbstat = scriptsOf(scripts, /^nbstat$/);
  return {
    fqdns: [
      ...smb.flatMap((script) => told(script, ['fqdn'], /\bFQDN: ([^\r\n]+)/)),
      ...ntlm.flatMap((script) => told(script, ['DNS_Computer_Name'], /\bDNS_Computer_Name: ([^\r\n]+)/)),
    ],
    hosts: [
      ...smb.flatMap((script) => told(script, ['server'], /\bNetBIOS computer name: ([^\r\n]+)/)),
      ...ntlm.flatMap((script) => told(script, ['NetBIOS_Computer_Name'], /\bNetBIOS_Computer_Name: ([^\r\n]+)/)),
      ...nbstat.flatMap((script) => told(script, ['server_name'], /\bNetBIOS name: ([^,\r\n]+)/)),
    ],
    subjects: scriptsOf(scripts, /^ssl-cert$/).flatMap(subjectsOf),
    macs: nbstat.flatMap((script) => told(script, ['address'], /\bNetBIOS MAC: ([\da-f:]{12,17})/i)),
    keys: hostKeys(scripts).map((value) => ({ type: 'sshHostKey', value })),
  };
};

const subjectsOf = ({ script }: Script): string[] => {
  const subjects = script.children.filter(({ attributes }) => attributes.key === 'subject');
  const names = subjects.flatMap((subject) => valuesOf(subject, 'commonName'));
  const printed = /\bSubject: (?:[^\r\n]*\/)?commonName=([^/\r\n]+)/.exec(script.attributes.output ?? '')?.[1];
  return names.length > 0 ? names : printed === undefined ? [] : [printed.trim()];
};
