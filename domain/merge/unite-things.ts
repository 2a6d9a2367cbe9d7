import type { Asset } from '../asset/asset.ts';
import type { Ci } from '../ci/ci.ts';
import { distinctIdentifiers, importedStatus, isHardware, moreSpecial } from '../import/next-state.ts';
import type { Digest } from '../shared/id.ts';
import { uniteFacets } from './unite-facets.ts';

type Uniting = { digest: Digest; mergeId: string };

/** How many merges of one thing can be taken back one by one. */
const mostRemembered = 50;

const remember = ({ merges = [] }: { merges?: string[] | undefined }, mergeId: string): string[] =>
  [...merges, mergeId].slice(-mostRemembered);

/**
 * One CI from two: the survivor's identity, everything that was said of either. What a person has said of the status goes before
 * what imports did, the survivor's first; of two imports the one that knows it alive.
 */
export const uniteCis = (survivor: Ci, absorbed: Ci, { digest, mergeId }: Uniting): Ci => {
  const { status: _status, statusSetBy: _by, retiredAt: _at, ownClasses: _own, ...rest } = survivor;
  return {
    ...rest,
    ...classOf(survivor, absorbed),
    ...ciStatus(speaker(survivor, absorbed)),
    facets: uniteFacets(survivor.facets, absorbed.facets, digest),
    identifiers: distinctIdentifiers([...survivor.identifiers, ...absorbed.identifiers]),
    merges: remember(survivor, mergeId),
  };
};

/** A class of the tenant's own stays; else the more special one. */
const classOf = (survivor: Ci, absorbed: Ci): Pick<Ci, 'class' | 'ownClasses'> => {
  const owner = [survivor, absorbed].find(({ ownClasses }) => ownClasses !== undefined);
  if (owner?.ownClasses === undefined) return { class: moreSpecial(survivor.class, absorbed.class) };
  return { class: owner.class, ownClasses: owner.ownClasses };
};

const speaker = (survivor: Ci, absorbed: Ci): Ci => {
  const person = [survivor, absorbed].find(({ statusSetBy }) => statusSetBy === 'person');
  const isGone = ({ status }: Ci) => status === 'retired' || status === 'missing';
  return person ?? (isGone(survivor) && !isGone(absorbed) ? absorbed : survivor);
};

const ciStatus = ({ status, statusSetBy, retiredAt }: Ci): Pick<Ci, 'status' | 'statusSetBy' | 'retiredAt'> => ({
  status,
  statusSetBy,
  ...(retiredAt === undefined ? {} : { retiredAt }),
});

/** One asset from two; a status that only imports have set follows the books of both. */
export const uniteAssets = (survivor: Asset, absorbed: Asset, { digest, mergeId }: Uniting): Asset => {
  const facets = uniteFacets(survivor.facets, absorbed.facets, digest);
  const binding = survivor.binding ?? absorbed.binding;
  const united: Asset = {
    ...survivor,
    facets,
    identifiers: distinctIdentifiers([...survivor.identifiers, ...absorbed.identifiers]).filter(isHardware),
    merges: remember(survivor, mergeId),
  };
  const person = [survivor, absorbed].find(({ statusSetBy }) => statusSetBy === 'person');
  if (person !== undefined) return { ...united, status: person.status, statusSetBy: 'person' };
  return { ...united, status: importedStatus({ ...united, ...(binding === undefined ? {} : { binding }) }, facets) };
};
