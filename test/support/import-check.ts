import { claimKeyOf, identifierTypes, parseCompact } from '../../domain/identity/identifier.ts';
import type { Item } from '../../functions/store/table.ts';
import { type Estate, estateOf } from './import-state.ts';

/** What is wrong with a state, as sentences; empty when everything holds that must hold after any imports in any order. */
export const checkEstate = (items: readonly Item[]): string[] => {
  const estate = estateOf(items);
  return [
    ...checkNow(items),
    ...unclaimed(estate),
    ...unassertedEdges(estate),
    ...twins(estate),
    ...historyFaults(items),
  ];
};

/** What must hold at every moment of an import, between any two writes, and be seen by every reader. */
export const checkNow = (items: readonly Item[]): string[] => {
  const estate = estateOf(items);
  return [...danglingClaims(estate), ...bindingFaults(estate), ...looseEnds(estate)];
};

const idsIn = ({ assets, cis }: Estate) => ({
  assets: new Map(assets.map((asset) => [asset.value.assetId, asset.value])),
  cis: new Map(cis.map((ci) => [ci.value.ciId, ci.value])),
});

/** The id that a holder has now: what was merged into another thing is that thing. */
const presentOf = (
  known: ReturnType<typeof idsIn>,
  { assetId, ciId }: { assetId?: string | undefined; ciId?: string | undefined },
) => {
  let id = assetId ?? ciId ?? '';
  for (;;) {
    const to = (known.assets.get(id) ?? known.cis.get(id))?.mergedInto;
    if (to === undefined) return id;
    id = to;
  }
};

/** Without what was merged into another thing: that is kept as it was, and is called nothing any more. */
const present = ({ assets, cis }: Pick<Estate, 'assets' | 'cis'>) => ({
  assets: assets.filter(({ value }) => value.mergedInto === undefined),
  cis: cis.filter(({ value }) => value.mergedInto === undefined),
});

const danglingClaims = (estate: Estate): string[] => {
  const known = idsIn(estate);
  return estate.claims.flatMap(({ value: { claimKey, holders } }) => [
    ...holders.flatMap(({ assetId, ciId }) => [
      ...(assetId !== undefined && !known.assets.has(assetId) ? [`claim ${claimKey}: no asset ${assetId}`] : []),
      ...(ciId !== undefined && !known.cis.has(ciId) ? [`claim ${claimKey}: no CI ${ciId}`] : []),
      ...(assetId === undefined && ciId === undefined ? [`claim ${claimKey}: held by nobody`] : []),
    ]),
    ...(new Set(holders.map((holder) => presentOf(known, holder))).size < holders.length
      ? [`claim ${claimKey}: held twice by one`]
      : []),
  ]);
};

/** Every identifier that is not scoped to a feed (the compact form does not say which) is claimed by what carries it. */
const unclaimed = ({ claims, ...estate }: Estate): string[] => {
  const { assets, cis } = present(estate);
  const holders = new Map(claims.map(({ value }) => [value.claimKey, value.holders]));
  const faults = (
    owner: string,
    identifiers: readonly string[],
    isHolder: (holder: { assetId?: string | undefined; ciId?: string | undefined }) => boolean,
  ) =>
    identifiers.flatMap((compact) => {
      const held = holders.get(claimKeyOf(parseCompact(compact)));
      return held === undefined || held.length >= 16 || held.some(isHolder)
        ? []
        : [`${owner}: ${compact} is claimed by others only`];
    });
  return [
    ...assets.flatMap(({ value }) =>
      faults(value.assetId, value.identifiers, ({ assetId }) => assetId === value.assetId),
    ),
    ...cis.flatMap(({ value }) => faults(value.ciId, value.identifiers, ({ ciId }) => ciId === value.ciId)),
    ...cis.flatMap(({ value }) =>
      value.binding !== undefined &&
      value.identifiers.some((one) => identifierTypes[parseCompact(one).type].owner === 'hardware')
        ? [`${value.ciId}: keeps identifiers of its hardware`]
        : [],
    ),
  ];
};

const bindingFaults = (estate: Estate): string[] => {
  const known = idsIn(estate);
  const open = estate.bindings.map(({ value }) => value).filter(({ validTo }) => validTo === undefined);
  const byId = new Map(open.map((binding) => [binding.bindingId, binding]));
  const agree = (id: string, mine: { bindingId: string } | undefined, end: 'assetId' | 'ciId') => {
    const found = mine === undefined ? undefined : byId.get(mine.bindingId);
    return mine !== undefined && found?.[end] !== id
      ? [`${id}: binding ${mine.bindingId} is not open or not its own`]
      : [];
  };
  return [
    ...open.flatMap(({ bindingId, assetId, ciId }) => [
      ...(known.assets.get(assetId)?.binding?.bindingId === bindingId
        ? []
        : [`${bindingId}: its asset does not know it`]),
      ...(known.cis.get(ciId)?.binding?.bindingId === bindingId ? [] : [`${bindingId}: its CI does not know it`]),
    ]),
    ...estate.assets.flatMap(({ value }) => agree(value.assetId, value.binding, 'assetId')),
    ...estate.cis.flatMap(({ value }) => agree(value.ciId, value.binding, 'ciId')),
    ...repeated(open.map(({ assetId }) => assetId)).map((id) => `${id}: several open bindings`),
    ...repeated(open.map(({ ciId }) => ciId)).map((id) => `${id}: several open bindings`),
  ];
};

const looseEnds = (estate: Estate): string[] => {
  const { assets, cis } = idsIn(estate);
  return [
    ...estate.relationships.flatMap(({ value: { relationshipId, from, to, validTo } }) =>
      [from, to].flatMap((ciId) => {
        if (!cis.has(ciId)) return [`${relationshipId}: no CI ${ciId}`];
        const isMoved = validTo === undefined && cis.get(ciId)?.mergedInto !== undefined;
        return isMoved ? [`${relationshipId}: open at ${ciId}, which was merged`] : [];
      }),
    ),
    ...[...assets.values(), ...cis.values()].flatMap(({ mergedInto, binding }) =>
      mergedInto !== undefined && (binding !== undefined || !(assets.has(mergedInto) || cis.has(mergedInto)))
        ? [`bound or lost: merged into ${mergedInto}`]
        : [],
    ),
    ...estate.entries.flatMap(({ value: { source, nativeKey, assetId, ciId } }) => [
      ...(assetId !== undefined && !assets.has(assetId) ? [`${source} ${nativeKey}: no asset ${assetId}`] : []),
      ...(ciId !== undefined && !cis.has(ciId) ? [`${source} ${nativeKey}: no CI ${ciId}`] : []),
    ]),
  ];
};

const unassertedEdges = ({ entries, relationships }: Estate): string[] => {
  const open = new Set(
    relationships.flatMap(({ value }) => (value.validTo === undefined ? [value.relationshipId] : [])),
  );
  const moved = new Map(relationships.map(({ value }) => [value.relationshipId, value.movedTo]));
  return entries.flatMap(({ value: { source, nativeKey, relations = [] } }) =>
    relations.flatMap((id) =>
      open.has(moved.get(id) ?? id) ? [] : [`${source} ${nativeKey}: asserts ${id}, which is not open`],
    ),
  );
};

const alone = new Set(['serial', 'uuid', 'imei', 'udid', 'cloudId', 'k8sUid', 'assetTag']);

/** Two things that one identifier names. Equal values of different vendors or companies are two. */
const twins = (estate: Estate): string[] => {
  const { assets, cis } = present(estate);
  const carriers = [
    ...assets.map(({ value }) => ({ id: value.assetId, identifiers: value.identifiers })),
    ...cis.map(({ value }) => ({ id: value.ciId, identifiers: value.identifiers })),
  ];
  const named = carriers.flatMap(({ id, identifiers }) =>
    identifiers.map(parseCompact).flatMap((one) => (alone.has(one.type) ? [{ id, ...one }] : [])),
  );
  return named.flatMap((a, at) =>
    named.slice(at + 1).flatMap((b) => {
      const same = a.id !== b.id && a.type === b.type && a.value === b.value;
      const fits = a.qualifier === '' || b.qualifier === '' || a.qualifier === b.qualifier;
      return same && fits ? [`${a.id} and ${b.id} are both ${a.type} ${a.value}`] : [];
    }),
  );
};

/** Where the relay has been: every version of every tracked entity is in history, once. */
const historyFaults = (items: readonly Item[]): string[] => {
  const history = items.filter(({ e }) => e === 'history');
  if (history.length === 0) return [];
  const tracked = new Set(['asset', 'ci', 'binding', 'relationship']);
  return items.flatMap(({ e, pk, sk, v }) => {
    if (!tracked.has(e)) return [];
    const kept = history
      .filter((one) => one.pk === pk && one.sk.startsWith(`H#${sk}#`))
      .sort((a, b) => (a.sk < b.sk ? -1 : 1));
    const versions = kept.map((one) => one.v);
    const wanted = Array.from({ length: v }, (_, n) => n + 1);
    return String(versions) === String(wanted) ? [] : [`${pk} ${sk}: history has versions ${versions} of ${v}`];
  });
};

const repeated = (values: readonly string[]): string[] => values.filter((value, at) => values.indexOf(value) !== at);
