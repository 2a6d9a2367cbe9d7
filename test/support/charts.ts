import { latestSnapshotEntity } from '../../functions/apply-import/absence/latest-snapshot.ts';
import { assetEntity } from '../../functions/assets/entity.ts';
import { baselineEntity } from '../../functions/baselines/entity.ts';
import { bindingEntity } from '../../functions/bindings/entity.ts';
import { ciEntity } from '../../functions/cis/entity.ts';
import {
  counterEntity,
  failureEntity,
  healthStateEntity,
  nameEntity,
  recountEntity,
} from '../../functions/data-health/entities.ts';
import { healthRulesEntity } from '../../functions/data-health/rules-entity.ts';
import { findingEntity } from '../../functions/drift/entity.ts';
import { scopeEntity } from '../../functions/drift/scope-entity.ts';
import { adjacencyEntity } from '../../functions/graph/entity.ts';
import { walkEntity } from '../../functions/graph/walk-entity.ts';
import { idempotencyEntity } from '../../functions/http/idempotency.ts';
import { claimEntity } from '../../functions/lookup/entity.ts';
import { mergeEntity, mergePageEntity, runningMergeEntity } from '../../functions/merges/entity.ts';
import { proposalEntity } from '../../functions/merges/proposal-entity.ts';
import { ownClassEntity } from '../../functions/model/entity.ts';
import { chunkEntity, runEntity } from '../../functions/plan-import/entities.ts';
import { openRelationEntity } from '../../functions/plan-import/open-relation.ts';
import { reviewEntity } from '../../functions/plan-import/review-entity.ts';
import { sourceEntryEntity } from '../../functions/plan-import/source-entry.ts';
import { allOperations } from '../../functions/platform/all-operations.ts';
import { rulesEntity } from '../../functions/reconciliation/entity.ts';
import { edgeSlotEntity, relationshipEntity } from '../../functions/relationships/entity.ts';
import { sightingEntity } from '../../functions/sightings/entity.ts';
import { productEntity, softwareCounterEntity } from '../../functions/software/entities.ts';
import { sourceEntity } from '../../functions/sources/entity.ts';
import { tableIndexes } from '../../functions/store/contracts.ts';
import { historyPrefix } from '../../functions/store/history.ts';
import { unknownEntity } from '../../functions/unknown-devices/entity.ts';
import { sampleAsset, sampleBinding, sampleCi, sampleRelationship, sampleRun } from './chart-samples.ts';

type Charted = {
  name: string;
  chart: string;
  toItem: (tenant: string, value: never, version: number) => Record<string, unknown>;
};

/** Every stored entity with a sample whose ids are their own names, so that the keys read as patterns. */
const entities: readonly [Charted, unknown][] = [
  [assetEntity, sampleAsset],
  [ciEntity, sampleCi],
  [bindingEntity, sampleBinding],
  [relationshipEntity, sampleRelationship],
  [edgeSlotEntity, { ciId: '<ciId>', type: '<type>' }],
  [adjacencyEntity, { ciId: '<ciId>', way: '<way>', page: 0, pages: 1, links: [] }],
  [claimEntity, { claimKey: '<type>#<value>', holders: [] }],
  [
    sourceEntryEntity,
    { source: '<source>', nativeKey: '<native key>', outcome: 'created', record: 0, fingerprint: {} },
  ],
  [reviewEntity, { source: '<source>', nativeKey: '<native key>', state: 'open', firstSeenAt: '<time>' }],
  [proposalEntity, { proposalId: '<proposalId>', state: '<state>', firstSeenAt: '<time>' }],
  [mergeEntity, { mergeId: '<mergeId>', at: '<time>' }],
  [mergePageEntity, { mergeId: '<mergeId>', page: 0 }],
  [runningMergeEntity, { absorbed: '<absorbed ciId>' }],
  [latestSnapshotEntity, { source: '<source>' }],
  [runEntity, sampleRun],
  [openRelationEntity, { source: '<source>', nativeKey: '<native key>', runId: '', chunk: 0 }],
  [chunkEntity, { runId: '<runId>', phase: '<phase>', chunk: 0 }],
  [baselineEntity, { baselineId: '<baselineId>', createdAt: '<createdAt>' }],
  [findingEntity, { ciId: '<ciId>', class: '<class>', state: '<state>', findingId: 'drf_<ci>_<own>' }],
  [scopeEntity, { scope: '<scope>', below: '', declared: true, discovered: true }],
  [sourceEntity, { source: '<source>' }],
  [
    unknownEntity,
    { unknownId: '<unknownId>', state: '<state>', firstSeenAt: '<time>', key: { type: 'hostname', value: '<name>' } },
  ],
  [sightingEntity, { assetId: '<assetId>', storedAt: '<time>', runId: '<runId>' }],
  [rulesEntity, { rules: [] }],
  [healthRulesEntity, {}],
  [recountEntity, {}],
  [healthStateEntity, { id: '<ciId or assetId>', class: '<class>', stale: { rule: '<rule>', from: '<day>' } }],
  [failureEntity, { rule: '<rule>', class: '<class>', id: '<id>' }],
  [nameEntity, { name: '<type>#<value>', class: '<class>', id: '<id>' }],
  [counterEntity, { lane: 0, slot: '<slot>', shard: '<shard>', numbers: {} }],
  [softwareCounterEntity, { lane: 0, slot: '<slot>', shard: '<shard>', numbers: {} }],
  [productEntity, { key: '<name>' }],
  [ownClassEntity, { name: '<class>' }],
  [walkEntity, { walkId: '<hash>', part: 0, text: '' }],
  [idempotencyEntity, { recordId: '<hash>' }],
];

/** What the chart speaks of. */
export const chartedNames = (): string[] => [...entities.map(([{ name }]) => name), 'history'];

/** The entity chart of the README, from the entities themselves. */
export const entityChart = (): string =>
  [
    '| entity | pk | sk | indexes | what it is |',
    '|---|---|---|---|---|',
    ...entities.map(([entity, sample]) => {
      const item = entity.toItem('<tenant>', sample as never, 1);
      return `| ${entity.name} | \`${pattern(item.pk)}\` | \`${pattern(item.sk)}\` | ${indexesOf(item)} | ${entity.chart} |`;
    }),
    `| history | pk of its entity | \`${historyPrefix('<sk>')}<time>#<version>\` | | every version of a tracked entity, in full, written by the relay |`,
  ].join('\n');

/** The access patterns: every operation of the API and the permission it needs. */
export const accessChart = (): string =>
  [
    '| request | permission | what it does |',
    '|---|---|---|',
    ...Object.values(allOperations)
      .sort(
        (a, b) =>
          (a.route.split(' ')[1] ?? '').localeCompare(b.route.split(' ')[1] ?? '') || a.route.localeCompare(b.route),
      )
      .map(({ route, permission, summary }) => `| \`${route}\` | ${permission} | ${summary} |`),
  ].join('\n');

const indexesOf = (item: Record<string, unknown>): string =>
  Object.entries(tableIndexes)
    .flatMap(([name, { partition, sort }]) =>
      item[partition] === undefined ? [] : [`${name}: \`${pattern(item[partition])}\` / \`${pattern(item[sort])}\``],
    )
    .join('<br>');

/** Shards are numbers at the end of a partition; a pattern says so. */
const pattern = (key: unknown): string => String(key).replace(/#\d+$/, '#<n>').replaceAll('|', '\\|');

/** The text with the chart between its markers replaced. */
export const withChart = (readme: string, name: string, chart: string): string => {
  const [start, end] = [`<!-- ${name}: generated by npm run charts -->`, `<!-- end of ${name} -->`];
  const [from, to] = [readme.indexOf(start), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md has no markers for ${name}`);
  return `${readme.slice(0, from)}${start}\n${chart}\n${readme.slice(to)}`;
};

export const withCharts = (readme: string): string =>
  withChart(withChart(readme, 'entities', entityChart()), 'operations', accessChart());
