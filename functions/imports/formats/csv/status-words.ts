import type { AssetStatus } from '../../../../domain/asset/lifecycle.ts';

/** What asset books call our statuses. Sources: Snipe-IT's status labels, Lansweeper's and Ralph's states, usual words of sheets. */
const words: Readonly<Record<AssetStatus, string>> = {
  requested: 'requested|awaiting approval|planned',
  ordered: 'ordered|on order|pending|awaiting delivery|in transit|shipped|backordered',
  'in-stock':
    'in stock|ready to deploy|deployable|available|stock|in store|in storage|storage|spare|free|new|ready|unassigned|returned|reserved|received',
  deployed:
    'deployed|in use|in production|active|assigned|checked out|live|operational|installed|issued|used|loan|on loan|on',
  'in-repair':
    'in repair|broken|out for repair|out for diagnostics|broken - not fixable|undeployable|repair|under repair|rma|maintenance|in maintenance|in service|service|damaged|defective|faulty',
  lost: 'lost|lost/stolen|lost or stolen|missing',
  stolen: 'stolen',
  retired:
    'retired|archived|decommissioned|end of life|eol|obsolete|withdrawn|inactive|non-active|old|out of use|to be deleted|liquidated',
  disposed: 'disposed|disposed of|scrapped|sold|recycled|donated|destroyed|written off|write off',
};

const statusByWord: ReadonlyMap<string, AssetStatus> = new Map(
  (Object.entries(words) as [AssetStatus, string][]).flatMap(([status, list]) =>
    list.split('|').map((word) => [word, status] as const),
  ),
);

/** Snipe-IT writes the kind of a label behind it: `Ready to Deploy (deployable)`, `Ready to Deploy Deployed`. */
const kindBehind = /[\s(]+(deployable|deployed|undeployable|pending|archived)\)?$/;

/**
 * Our status for a status word, undefined for a word that is not known. A label of Snipe-IT says what may be done with a thing:
 * one that is "ready to deploy" and checked out is deployed.
 */
export const statusOf = (text: string, isCheckedOut: boolean): AssetStatus | undefined => {
  const label = text
    .toLowerCase()
    .replaceAll(/[\s_]+/g, ' ')
    .trim();
  const own = statusByWord.get(label) ?? statusByWord.get(label.replaceAll('-', ' '));
  const kind = own === undefined ? kindBehind.exec(label)?.[1] : undefined;
  const bare = kind === undefined ? label : label.replace(kindBehind, '');
  if (kind === 'deployed') return 'deployed';
  if (isCheckedOut && (bare === 'ready to deploy' || bare === 'deployable')) return 'deployed';
  return own ?? statusByWord.get(bare) ?? (kind === undefined ? undefined : statusByWord.get(kind));
};
