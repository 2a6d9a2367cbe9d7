import type { DiscoveryRecord, RawIdentifier, RecordWarning } from '../../../../domain/discovery/record.ts';
import { canonicalUuid } from '../../../../domain/identity/uuid.ts';
import { momentOf } from '../aws/moment.ts';
import { awsCloudId, instanceType } from '../aws/resource.ts';
import { facts, recordName, sectionsFrom } from '../glpi-json/facts.ts';
import { isUsable } from '../glpi-json/identifiers.ts';
import { keyPart } from '../glpi-json/native-key.ts';
import type { Bill, SoftwareRow, Subject } from './bill.ts';
import { productPurl } from './rows.ts';

type Draft = Omit<DiscoveryRecord, 'recordIndex'>;
type Named = Exclude<Subject, { kind: 'none' }>;

/** A host by what its name looks like: an instance id, a UUID, a domain name, or a plain name. */
const hostIdentifiers = (name: string): RawIdentifier[] => {
  const cloudId = awsCloudId({ account: undefined, region: undefined, type: instanceType, id: name });
  if (cloudId !== undefined) return [{ type: 'cloudId', value: cloudId }];
  if (canonicalUuid(name) !== undefined) return [{ type: 'uuid', value: name }];
  return [{ type: isUsable({ type: 'fqdn', value: name }) ? 'fqdn' : 'hostname', value: name }];
};

/** A host is known from elsewhere, so the record only adds to it; an application or image is a CI by itself. */
const identityOf = (
  subject: Named,
): Pick<Draft, 'nativeKey' | 'nature' | 'identifiers' | 'partial' | 'ciClass' | 'name'> => {
  if (subject.kind === 'host') {
    const identifiers = hostIdentifiers(subject.name);
    return { nativeKey: `host:${keyPart(subject.name)}`, nature: 'unknown', partial: true, identifiers };
  }
  const app = { nature: 'logical', ciClass: 'application', partial: false, identifiers: [] } as const;
  const identity = { ...app, identifiers: [], name: recordName(subject.name) };
  if (subject.kind === 'image') return { ...identity, nativeKey: `image:${keyPart(subject.name)}` };
  const { group, name, purl } = subject;
  const full = group === undefined ? name : `${group}/${name}`;
  return { ...identity, nativeKey: purl?.startsWith('pkg:') ? keyPart(productPurl(purl)) : `app:${keyPart(full)}` };
};

const subjectFacts = (subject: Named): DiscoveryRecord['sections'] => {
  if (subject.kind === 'image') return { image: facts({ repository: subject.name, digest: subject.digest }) };
  if (subject.kind === 'host') return {};
  return { application: facts({ group: subject.group, version: subject.version, purl: subject.purl }) };
};

/**
 * A bill as a record: the software of a host that is known by name, or of an application or image, named without its version so that a
 * new release updates it.
 */
export const mapBill = (
  bill: Bill,
  subject: Named,
  rows: readonly SoftwareRow[],
  services: readonly unknown[],
  warnings: RecordWarning[],
): Draft => {
  const observedAt = momentOf(bill.moment);
  return {
    ...identityOf(subject),
    half: 'discovery',
    action: 'upsert',
    ...(observedAt === undefined ? {} : { observedAt }),
    sections: sectionsFrom({
      ...subjectFacts(subject),
      os: facts({ osName: bill.os?.name, osVersion: bill.os?.version }),
      sbom: facts({ standard: bill.standard, version: bill.version }),
    }),
    details: { software: [...rows], ...(services.length === 0 ? {} : { services: [...services] }) },
    warnings,
  };
};
