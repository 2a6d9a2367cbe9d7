import { Buffer } from 'node:buffer';
import type { Ci } from '../../domain/ci/ci.ts';
import { canonical } from '../../domain/shared/canonical.ts';
import { Problem } from '../../domain/shared/problem.ts';
import type { NamedList } from '../../domain/software/detail-lists.ts';
import { absorbedCis } from '../merges/absorbed-cis.ts';
import { detailFile } from '../plan-import/chunk-line.ts';
import { digest } from '../shared/digest.ts';
import type { SoftwareScope } from './context.ts';
import { formerSurvivors } from './former-survivors.ts';

type Reading = Pick<SoftwareScope, 'table' | 'data'> & { tenant: string };

/**
 * The entries of a list. It lies under the id that its CI had when the source spoke: the CI's own; that of one which was merged into it since;
 * or, after a merge that was taken back, that of the CI it was merged into. Throws `internal`, with what to do, for what is gone or is not
 * what was written.
 */
export const readDetailList = async (reading: Reading, ci: Ci, list: NamedList): Promise<unknown[]> => {
  const { table, data, tenant } = reading;
  const places = [() => [ci.ciId], () => absorbedCis(table, tenant, ci), () => formerSurvivors(table, tenant, ci.ciId)];
  for (const idsOf of places) {
    for (const ciId of await idsOf()) {
      const key = detailFile(tenant, ciId, list.section, list.hash);
      const object = await data.get(key);
      if (object === undefined) continue;
      const parts: Uint8Array[] = [];
      for await (const part of object.body) parts.push(part);
      return parseList(Buffer.concat(parts).toString('utf8'), list) ?? lost(ci, list, `${key} is not what was written`);
    }
  }
  return lost(ci, list, `${detailFile(tenant, ci.ciId, list.section, list.hash)} is gone`);
};

/** Undefined unless it is the list that the facet names, by its length and, where the section is nothing but the list, by its hash. */
const parseList = (text: string, { count, hash, bare }: NamedList): unknown[] | undefined => {
  let entries: unknown;
  try {
    entries = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(entries) || entries.length !== count) return undefined;
  // As `fingerprintOf` hashes a section that has no values.
  return bare && digest(canonical([undefined, entries])).slice(0, 16) !== hash ? undefined : entries;
};

const lost = ({ ciId }: Ci, { section, source }: NamedList, what: string): never => {
  throw new Problem('internal', `The ${section} of ${ciId} cannot be read: in the data bucket, ${what}.`, {
    fix: `Restore the former version of that object; the bucket keeps versions. Or read the next list that ${source} sends: one that says nothing new is not stored again.`,
  });
};
