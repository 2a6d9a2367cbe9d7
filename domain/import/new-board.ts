import type { Asset } from '../asset/asset.ts';
import type { DiscoveryRecord } from '../discovery/record.ts';
import { type Identifier, parseCompact } from '../identity/identifier.ts';
import { newBoardRule } from '../identity/new-board.ts';
import type { RecordDecision } from './decide-record.ts';

const modelSections = ['device', 'bios', 'chassis'] as const;

/** May the record be a later state of the asset, of the same model? Without its own time it may be anything. */
export const continuesAsset = ({ sections, observedAt }: DiscoveryRecord, asset: Asset | undefined): boolean => {
  if (asset === undefined || observedAt === undefined) return false;
  const discovered = Object.values(asset.facets).filter(({ half }) => half === 'discovery');
  const known = discovered.flatMap((facet) =>
    modelSections.flatMap((name) => facet.sections[name]?.values?.model ?? []),
  );
  const models = modelSections.flatMap((name) => sections[name]?.model ?? []);
  const isLater = discovered.every((facet) => Object.values(facet.sections).every(({ at }) => at < observedAt));
  return isLater && models.length > 0 && models.some((model) => known.includes(model));
};

/** The decision on a device with a new mainboard: the UUID of the old one names it no more, and a person is told. */
export const withNewBoard = (
  decided: RecordDecision,
  rule: string,
  identifiers: readonly Identifier[],
): RecordDecision => {
  if (rule !== newBoardRule || decided.asset === undefined) return decided;
  const present = identifiers.flatMap(({ type, value }) => (type === 'uuid' ? [value] : []));
  const isOld = (compact: string) => {
    const { type, value } = parseCompact(compact);
    return type === 'uuid' && !present.includes(value);
  };
  const old = decided.asset.identifiers.filter(isOld).map((compact) => parseCompact(compact).value);
  const detail = `Its UUID was ${old.join(', ')} and is ${present.join(', ')} now; all else agrees: taken for a new mainboard.`;
  return {
    ...decided,
    asset: { ...decided.asset, identifiers: decided.asset.identifiers.filter((one) => !isOld(one)) },
    warnings: [...decided.warnings, { code: 'mainboard-replaced', detail }],
  };
};
