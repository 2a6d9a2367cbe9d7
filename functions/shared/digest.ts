import { createHash } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** SHA-256 of the text as 32 lower-case base-32 characters (160 bits). */
export const digest = (text: string): string => {
  const bytes = createHash('sha256').update(text).digest();
  let out = '';
  // Five bytes are eight characters: 32 of them are the first 20 bytes.
  for (let at = 0; at < 20; at += 5) {
    const high = bytes.readUInt16BE(at) * 16 + ((bytes[at + 2] as number) >> 4);
    const low = (((bytes[at + 2] as number) & 15) << 16) | bytes.readUInt16BE(at + 3);
    for (const part of [high, low]) {
      for (let shift = 15; shift >= 0; shift -= 5) out += alphabet[(part >> shift) & 31];
    }
  }
  return out;
};
