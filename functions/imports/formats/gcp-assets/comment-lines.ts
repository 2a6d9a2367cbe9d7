const [tab, newline, carriageReturn, blank, hash, slash] = [9, 10, 13, 32, 35, 47];
const [bom0, bom1, bom2] = [0xef, 0xbb, 0xbf];

/**
 * The same bytes with the lines that begin with `#` or `/` blanked, so that places stay what they are: exports are found with such
 * comments in them. No line of JSON begins so. Lines may be of any length.
 */
export const withoutComments = async function* (body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let state: 'start' | 'inside' | 'comment' = 'start';
  for await (const chunk of body) {
    let out = chunk;
    for (let at = 0; at < chunk.length; at += 1) {
      if (state !== 'start') {
        const end = chunk.indexOf(newline, at);
        const until = end < 0 ? chunk.length : end;
        if (state === 'comment') {
          if (out === chunk) out = chunk.slice();
          out.fill(blank, at, until);
        }
        at = until;
        if (end >= 0) state = 'start';
        continue;
      }
      const byte = chunk[at] ?? blank;
      if ([newline, tab, carriageReturn, blank, bom0, bom1, bom2].includes(byte)) continue;
      state = byte === hash || byte === slash ? 'comment' : 'inside';
      at -= 1;
    }
    yield out;
  }
};
