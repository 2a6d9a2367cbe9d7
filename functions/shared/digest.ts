import { createHash } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** SHA-256 of the text as 32 lower-case base-32 characters (160 bits). */
export const digest = (text: string): string => {
  const bytes = createHash('sha256').update(text).digest();
  let bits = 0n;
  for (const byte of bytes.subarray(0, 20)) bits = (bits << 8n) | BigInt(byte);
  let out = '';
  for (let i = 0; i < 32; i += 1) {
    out = `${alphabet[Number(bits & 31n)]}${out}`;
    bits >>= 5n;
  }
  return out;
};
