/** What tools add to the name of the device when they name a file. */
const suffix =
  /[._ -]+(?:napalm|textfsm|ntc|get|show|display|lldp|cdp|lldpctl|neighbou?rs?|details?|facts?|parsed|output|result|sample)$/i;
const ending = /\.(?:json\d?|ya?ml|txt|gz|out)$/i;

const bare = (text: string, pattern: RegExp): string => {
  const rest = text.replace(pattern, '');
  return rest === text || rest === '' ? text : bare(rest, pattern);
};

/** `discovery/<source>/sw-01_lldp_neighbors.json` is of `sw-01`: the last part of the key without endings and what tools add. */
export const deviceNameOf = (objectKey: string): string =>
  bare(bare(objectKey.split('/').at(-1) ?? '', ending), suffix)
    .trim()
    .slice(0, 200)
    .toWellFormed();
