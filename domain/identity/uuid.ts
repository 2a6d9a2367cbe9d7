import { cleanText } from './clean-text.ts';
import { uuidPartlyUnique, uuidPlaceholders, uuidRun } from './placeholders.ts';

/** The 16 bytes with the first three groups in the other byte order: `00112233-4455-6677-...` and `33221100-5544-7766-...`. */
export const swapUuidBytes = (hex: string): string =>
  hex.replace(/^(..)(..)(..)(..)(..)(..)(..)(..)/, '$4$3$2$1$6$5$8$7');

/**
 * The form of a SMBIOS UUID that is compared: 32 lower-case hex digits, the smaller of the two byte orders, because tools do not agree
 * on the order of the first three groups (discovery-formats.md section 28). Undefined when the text is not 32 hex digits;
 * a first group that lost its leading zero is completed.
 */
export const canonicalUuid = (text: string): string | undefined => {
  const plain = cleanText(text)
    .toLowerCase()
    .replace(/^urn:uuid:/, '')
    .replaceAll(/[{}]/g, '');
  const complete = /^[\da-f]{7}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(plain) ? `0${plain}` : plain;
  const hex = complete.replaceAll(/[\s-]/g, '');
  if (!/^[\da-f]{32}$/.test(hex)) return undefined;
  return [hex, swapUuidBytes(hex)].sort()[0];
};

/** The UUID inside a virtual machine's serial, canonical: `VMware-56 4d 71 ...`, `VirtualBox-<uuid>`. Undefined for any other serial. */
export const uuidFromSerial = (serial: string): string | undefined => {
  const inside = /^(?:vmware|virtualbox)-(.*)$/i.exec(cleanText(serial))?.[1];
  return inside === undefined ? undefined : canonicalUuid(inside);
};

/** How far a canonical UUID can be trusted. */
export const judgeUuid = (canonical: string): 'unique' | 'partly-unique' | 'placeholder' => {
  if (uuidPlaceholders.includes(canonical) || uuidRun.test(canonical) || uuidRun.test(swapUuidBytes(canonical)))
    return 'placeholder';
  return uuidPartlyUnique.test(canonical) ? 'partly-unique' : 'unique';
};
