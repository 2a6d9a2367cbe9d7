import * as z from 'zod';
import { cleanText } from './clean-text.ts';
import type { IdentifierType } from './identifier.ts';
import { isRun, placeholders } from './placeholders.ts';
import { canonicalProviderId } from './provider-id.ts';
import { type Judge, reject } from './verdict.ts';

const lower = (text: string): string => cleanText(text.toLowerCase());

const judgeProviderId: Judge = (text) => {
  const value = canonicalProviderId(text);
  return placeholders.text.has(value.toLowerCase()) ? reject(value, 'a placeholder') : { value, strength: 'strong' };
};

/** Kubernetes makes UUIDs, in lower case. */
const judgeUid: Judge = (text) => {
  const value = lower(text);
  return placeholders.text.has(value) ? reject(value, 'a placeholder') : { value, strength: 'strong' };
};

/**
 * The base64 body alone, since it holds the key type too and the comment behind it varies. A long body (RSA) is cut to its last 64
 * characters: they are part of the modulus, random enough to tell two keys apart without a hash. A fingerprint stays as it is.
 */
const judgeHostKey: Judge = (text) => {
  if (/^(?:SHA256:[\w+/=-]{40,}|(?:MD5:)?(?:[\da-f]{2}:){15}[\da-f]{2})$/i.test(text))
    return { value: text, strength: 'medium' };
  const body = text.split(' ').find((word) => /^[\w+/]{40,}={0,3}$/.test(word));
  if (body === undefined) return reject(text, 'not a public key or fingerprint');
  return { value: body.length <= 80 ? body : body.slice(-64), strength: 'medium' };
};

const judgeMachineId: Judge = (text) => {
  const value = text.toLowerCase().replaceAll('-', '');
  if (!/^[\da-f]{32}$/.test(value)) return reject(value, 'not 32 hex digits');
  return isRun(value) ? reject(value, 'a placeholder') : { value, strength: 'medium' };
};

/** Endings under which every network has its own `router` or `macbook`: such a name is not unique outside its feed. */
const privateEnding =
  /(?:^[^.]+\.local|\.(?:localdomain|lan|home|home\.arpa|workgroup|fritz\.box|ec2\.internal|compute\.internal))$/;

const judgeFqdn: Judge = (text, _raw, { feed }) => {
  const value = lower(text).replace(/\.+$/, '');
  if (!value.includes('.')) return reject(value, 'has no domain');
  if (!/^[^\s.]+(?:\.[^\s.]+)+$/.test(value) || value.length > 253) return reject(value, 'not a domain name');
  if (isIp(value)) return reject(value, 'an IP address');
  if (isLocalhost(value)) return reject(value, 'a placeholder');
  if (privateEnding.test(value))
    return { value, strength: 'weak', scope: feed, reason: 'only unique inside its network' };
  return { value, strength: 'medium' };
};

const judgeHostname: Judge = (text, _raw, { feed }) => {
  const value = lower(text).replace(/[.\s]+$/, '');
  if (placeholders.hostname.has(value) || isLocalhost(value) || isRun(value)) return reject(value, 'a placeholder');
  if (isIp(value)) return reject(value, 'an IP address');
  return { value, strength: 'weak', scope: feed, reason: 'names are reused' };
};

const judgeIp: Judge = (text, _raw, { feed }) => {
  const value = text.toLowerCase().replace(/[/%].*$/, '');
  if (!isIp(value)) return reject(value, 'not an IP address');
  if (/^(?:127\.|0\.|169\.254\.|255\.|22[4-9]\.|23\d\.|fe[89ab]|ff|::1?$)/.test(value)) {
    return reject(value, 'loopback, link-local, multicast or unset');
  }
  return { value, strength: 'weak', scope: feed, reason: 'addresses are reused' };
};

/** Made at first use: only imports and edits of identifiers ask, every API function loads this. */
let schemas: { v4: z.ZodIPv4; v6: z.ZodIPv6 } | undefined;
const isIp = (text: string): boolean => {
  schemas ??= { v4: z.ipv4(), v6: z.ipv6() };
  return (text.includes(':') ? schemas.v6 : schemas.v4).safeParse(text).success;
};
const isLocalhost = (name: string): boolean => /^(?:ip6-)?localhost\d?(?:\.|$)/.test(name);

/** How each identifier that software or a provider gives is normalised and how far it is trusted. */
export const logicalJudges = {
  cloudId: judgeProviderId,
  k8sUid: judgeUid,
  sshHostKey: judgeHostKey,
  machineId: judgeMachineId,
  fqdn: judgeFqdn,
  hostname: judgeHostname,
  ip: judgeIp,
} as const satisfies Partial<Record<IdentifierType, Judge>>;
