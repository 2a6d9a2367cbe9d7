import { CiClass, type CiClassName } from '../../../../domain/ci/ci-classes.ts';
import type { DiscoveryRecord, RecordFault } from '../../../../domain/discovery/record.ts';
import { clip } from './clean-cell.ts';
import { readServiceFacts, readServiceName } from './service-facts.ts';
import { readServiceRelations } from './service-relations.ts';
import type { TableRow } from './table-row.ts';

/** What a service list may hold. Devices, machines and databases come from discovery. */
const serviceClasses: readonly CiClassName[] = ['business-service', 'technical-service', 'application'];

/** Makes a record of the half `book` that is a CI and no asset, or a fault when the row's class is none of a service. */
export const mapService = (
  row: TableRow,
  recordIndex: number,
  nativeKey: string,
): { record: DiscoveryRecord } | { fault: RecordFault } => {
  const { line, warnings } = row;
  const cell = row.read('ciClass');
  const ciClass = CiClass.safeParse(cell?.value);
  if (!ciClass.success || !serviceClasses.includes(ciClass.data)) {
    const place = cell === undefined ? {} : { column: cell.column, value: clip(cell.value, 200) };
    const reason = `The class of a service must be one of ${serviceClasses.join(', ')}`;
    return { fault: { recordIndex, line, errors: [{ line, ...place, reason }] } };
  }
  return {
    record: {
      recordIndex,
      line,
      nativeKey,
      half: 'book',
      action: 'upsert',
      partial: false,
      nature: 'logical',
      ciClass: ciClass.data,
      name: readServiceName(row),
      identifiers: [],
      sections: { device: readServiceFacts(row) },
      relations: readServiceRelations(row),
      warnings,
    },
  };
};
