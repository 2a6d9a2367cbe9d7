import { canonicalCompany, cleanText } from './clean-text.ts';
import type { IdentifierType } from './identifier.ts';
import { canonicalMac, judgeMac } from './mac.ts';
import { isCount, isRun, isSpreadsheetNumber, placeholders } from './placeholders.ts';
import { canonicalUuid, judgeUuid } from './uuid.ts';
import { canonicalVendor } from './vendors.ts';
import { type Judge, qualifiedBy, reject } from './verdict.ts';

const shared = 'a container reports the identifiers of its host';
const upper = (text: string): string => cleanText(text.toUpperCase());

const serialOf =
  (strength: 'strong' | 'medium'): Judge =>
  (text, raw, { container }) => {
    const value = upper(text);
    if (container) return reject(value, shared);
    if (placeholders.serial.has(text.toLowerCase())) return reject(value, 'a placeholder');
    if (/^to be filled/i.test(text)) return reject(value, 'a placeholder');
    if (isRun(text)) return reject(value, 'one character repeated');
    if (isCount(text)) return reject(value, 'a counted-up placeholder');
    if (isSpreadsheetNumber(text)) return reject(value, 'digits lost in a spreadsheet');
    if (value.length < 4) return reject(value, 'shorter than 4 characters');
    return { value, strength, ...qualifiedBy(canonicalVendor(raw.qualifier)) };
  };

const judgeAssetTag: Judge = (text, raw) => {
  const value = upper(text);
  if (placeholders.assetTag.has(text.toLowerCase()) || /^to be filled/i.test(text))
    return reject(value, 'a placeholder');
  if (/^(?:([0xn])\1*|[\p{P}\p{S}\s]*)$/iu.test(text)) return reject(value, 'one character repeated');
  if (isSpreadsheetNumber(text)) return reject(value, 'digits lost in a spreadsheet');
  return { value, strength: 'strong', ...qualifiedBy(canonicalCompany(raw.qualifier)?.slice(0, 60)) };
};

const judgeSmbiosUuid: Judge = (text, _raw, { container }) => {
  const value = canonicalUuid(text);
  if (value === undefined) return reject(text.toLowerCase(), 'not 32 hex digits');
  if (container) return reject(value, shared);
  const kind = judgeUuid(value);
  if (kind === 'placeholder') return reject(value, 'a placeholder');
  if (kind === 'partly-unique') return { value, strength: 'weak', reason: 'shared by a family of boards' };
  return { value, strength: 'strong' };
};

const judgeImei: Judge = (text) => {
  const value = text.replaceAll(/[\s./-]/g, '');
  if (!/^\d{14,16}$/.test(value)) return reject(text, 'not 14 to 16 digits');
  if (isRun(value) || isCount(value)) return reject(value, 'a placeholder');
  return { value, strength: 'strong' };
};

const judgeUdid: Judge = (text) => {
  const value = text.toLowerCase();
  if (!/^[\da-f-]{8,64}$/.test(value)) return reject(value, 'not 8 to 64 hex digits');
  if (isRun(value) || isCount(value)) return reject(value, 'a placeholder');
  return { value, strength: 'strong' };
};

const judgeMacAddress: Judge = (text, _raw, { feed, nature }) => {
  const value = canonicalMac(text);
  if (value === undefined) return reject(text.toLowerCase(), 'not a MAC address');
  const { trust, reason } = judgeMac(value, nature);
  if (trust === 'placeholder') return reject(value, reason ?? 'a placeholder');
  if (trust === 'permanent') return { value, strength: 'medium' };
  if (trust === 'guest') return { value, strength: 'medium', scope: feed };
  return { value, strength: 'weak', scope: feed, reason: reason ?? 'not permanent' };
};

/** How each identifier that is printed on or burnt into a thing is normalised and how far it is trusted. */
export const hardwareJudges = {
  serial: serialOf('strong'),
  boardSerial: serialOf('medium'),
  chassisSerial: serialOf('medium'),
  uuid: judgeSmbiosUuid,
  imei: judgeImei,
  udid: judgeUdid,
  assetTag: judgeAssetTag,
  mac: judgeMacAddress,
} as const satisfies Partial<Record<IdentifierType, Judge>>;
