import { wordsOf } from './clean-text.ts';
import { isRun, placeholders } from './placeholders.ts';

/** Vendors by the first words that their firmware, agents and asset books write. The longest beginning that fits wins. */
// biome-ignore format: one vendor a line
const spellings: Record<string, readonly string[]> = {
  acer: ['acer'],
  amazon: ['amazon', 'aws'],
  apple: ['apple'],
  asrock: ['asrock', 'asrockrack'],
  asus: ['asus', 'asustek', 'asustec', 'asuscom'],
  avaya: ['avaya'],
  brother: ['brother'],
  canon: ['canon'],
  cisco: ['cisco', 'meraki', 'linksys'],
  dell: ['dell', 'dellemc', 'alienware', 'wyse'],
  epson: ['epson', 'seiko epson'],
  fujitsu: ['fujitsu', 'fsc'],
  gigabyte: ['gigabyte', 'giga byte'],
  google: ['google'],
  hp: ['hp', 'hpe', 'hewlett packard', 'hewlettpackard', 'hpinc', 'compaq', 'aruba', '3com', 'procurve'],
  huawei: ['huawei'],
  ibm: ['ibm', 'international business machines'],
  intel: ['intel', 'intelr'],
  juniper: ['juniper'],
  lenovo: ['lenovo'],
  lexmark: ['lexmark'],
  lg: ['lg', 'lge', 'goldstar'],
  microsoft: ['microsoft'],
  motorola: ['motorola'],
  msi: ['msi', 'micro star', 'microstar'],
  nutanix: ['nutanix'],
  oracle: ['oracle', 'sun microsystems', 'innotek'],
  panasonic: ['panasonic', 'matsushita'],
  qemu: ['qemu', 'bochs'],
  samsung: ['samsung'],
  supermicro: ['supermicro', 'super micro'],
  toshiba: ['toshiba', 'dynabook'],
  ubiquiti: ['ubiquiti', 'ubnt'],
  vmware: ['vmware'],
  xerox: ['xerox', 'fuji xerox'],
  xiaomi: ['xiaomi'],
  zebra: ['zebra'],
};

const vendorBySpelling = new Map(
  Object.entries(spellings).flatMap(([vendor, beginnings]) => beginnings.map((words) => [words, vendor] as const)),
);

/** Legal forms and words that say nothing: dropped from the end, one word always stays. */
// biome-ignore format: a list of words reads better filled
const endings = new Set([
  'inc', 'incorporated', 'ltd', 'limited', 'llc', 'llp', 'lp', 'corp', 'corporation', 'co', 'company', 'gmbh', 'ag', 'kg', 'se',
  'sa', 'sas', 'sarl', 'srl', 'spa', 'bv', 'nv', 'oy', 'oyj', 'ab', 'as', 'aps', 'plc', 'pty', 'pte', 'kk', 'and', 'r', 'tm',
  'technology', 'technologies', 'electronics', 'computer', 'computers', 'systems', 'networks', 'semiconductor', 'semiconductors',
  'industries', 'international', 'group', 'holding', 'holdings', 'communications',
]);

const withoutEndings = (words: readonly string[]): readonly string[] =>
  words.length > 1 && endings.has(words.at(-1) ?? '') ? withoutEndings(words.slice(0, -1)) : words;

/**
 * The vendor that a manufacturer text means, in one spelling: `ASUSTeK COMPUTER INC.` is `asus`, `Berge Inc` is `berge`.
 * Undefined for no name, junk (`To Be Filled By O.E.M.`) and bare hex ids: an unknown vendor is compatible with every other.
 * Rule: discovery-formats.md section 29.
 */
export const canonicalVendor = (name: string | undefined): string | undefined => {
  const words = wordsOf(name ?? '');
  for (const length of [3, 2, 1]) {
    const vendor = vendorBySpelling.get(words.slice(0, length).join(' '));
    if (vendor !== undefined) return vendor;
  }
  const core = withoutEndings(words);
  return [words, core].some(saysNothing) ? undefined : core.join('-').slice(0, 60);
};

/** Made at first use: its Unicode regexes would cost every function that loads this 2 ms. */
let junk: Set<string> | undefined;
const isJunk = (text: string): boolean => {
  junk ??= new Set([...placeholders.manufacturer].map((name) => wordsOf(name).join(' ')));
  return junk.has(text);
};

const saysNothing = (words: readonly string[]): boolean => {
  const text = words.join(' ');
  return isRun(text) || isJunk(text) || text.startsWith('to be filled') || /^(?=.*\d)(?:0x)?[\da-f]{4}$/.test(text);
};
