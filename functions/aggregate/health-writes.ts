import type { HealthState } from '../../domain/health/tally.ts';
import { failureEntity, healthStateEntity, nameEntity } from '../data-health/entities.ts';
import type { Stored } from '../store/entity.ts';
import type { Key, Write } from '../store/table.ts';

/**
 * The next health of a record with its failures and names, to be written together: lists and health never differ, and the health's version
 * keeps late writers from all of them.
 */
export const healthWrites = (tenant: string, stored: Stored<HealthState> | undefined, next: HealthState): Write[] => [
  {
    put: healthStateEntity.toItem(tenant, next, (stored?.version ?? 0) + 1),
    expect: stored?.version ?? 'absent',
  },
  ...changes(failuresOf(tenant, stored?.value), failuresOf(tenant, next)),
  ...changes(namesOf(tenant, stored?.value), namesOf(tenant, next)),
];

const failuresOf = (tenant: string, state: HealthState | undefined) =>
  (state?.failing ?? []).map((rule) =>
    failureEntity.toItem(tenant, { rule, class: state?.class ?? '', id: state?.id ?? '' }, 1),
  );

const namesOf = (tenant: string, state: HealthState | undefined) =>
  (state?.names ?? []).map((name) =>
    nameEntity.toItem(tenant, { name, class: state?.class ?? '', id: state?.id ?? '' }, 1),
  );

type Entry = ReturnType<typeof failuresOf>[number];

const changes = (before: readonly Entry[], after: readonly Entry[]): Write[] => {
  const isIn = (list: readonly Entry[], { pk, sk }: Key) => list.some((one) => one.pk === pk && one.sk === sk);
  return [
    ...before.filter((one) => !isIn(after, one)).map(({ pk, sk }): Write => ({ remove: { pk, sk }, expect: 'any' })),
    ...after.filter((one) => !isIn(before, one)).map((put): Write => ({ put, expect: 'any' })),
  ];
};
