const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
const values = new Uint8Array(128);
for (const [value, char] of [...alphabet].entries()) values[char.charCodeAt(0)] = value;

/** 26 characters of five bits each, and one byte ahead that says whether there is an id at all. */
export const idLength = 18;
const characters = 26;

/** Writes the own part of an id into `into` at `at`, in 18 bytes. */
export const packId = (id: string | undefined, into: Uint8Array, at: number): void => {
  into[at] = id === undefined ? 0 : 1;
  if (id === undefined) return;
  let held = 0;
  let bits = 0;
  let next = at + 1;
  for (let n = 0; n < characters; n += 1) {
    held = ((held << 5) | (values[id.charCodeAt(n) & 127] as number)) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    into[next] = held >> bits;
    next += 1;
  }
  into[next] = held << (8 - bits);
};

const codes = Uint8Array.from(alphabet, (char) => char.charCodeAt(0));
const own = Buffer.alloc(characters);

export const unpackId = (from: Uint8Array, at: number): string | undefined => {
  if (from[at] === 0) return undefined;
  unpackIdInto(from, at, own, 0);
  return own.toString('latin1');
};

/** Writes the characters of an id that is there into `into` at `start`; gives where they end. */
export const unpackIdInto = (from: Uint8Array, at: number, into: Uint8Array, start: number): number => {
  let held = 0;
  let bits = 0;
  let next = at + 1;
  for (let n = 0; n < characters; n += 1) {
    if (bits < 5) {
      held = ((held << 8) | (from[next] as number)) & 0xfff;
      next += 1;
      bits += 8;
    }
    bits -= 5;
    into[start + n] = codes[(held >> bits) & 31] as number;
  }
  return start + characters;
};
