import type { HealthCheck, HealthRule } from './health-rule.ts';

type Rank = [category: HealthRule['category'], severity: HealthRule['severity'], weight: number];

const required: Rank = ['completeness', 'medium', 10];
const recommended: Rank = ['completeness', 'low', 4];
const wrong: Rank = ['correctness', 'high', 20];
const doubtful: Rank = ['correctness', 'medium', 12];

const rule = (
  ruleId: string,
  classes: HealthRule['classes'],
  check: HealthCheck,
  [category, severity, weight]: Rank,
  title: string,
  fix: string,
): HealthRule => ({ ruleId, title, category, classes, check, severity, weight, fix, enabled: true });

const off = (one: HealthRule): HealthRule => ({ ...one, enabled: false });

const present = (attribute: string): HealthCheck => ({ kind: 'present', attribute });

/** The rules that Hangar comes with, as data: adding one touches this file only. Classes below a named one are meant too. */
export const builtInRules: readonly HealthRule[] = [
  rule('ci-name', ['ci'], present('name'), wrong, 'Has a name', 'Set name, or let a source that knows it report.'),
  rule('ci-owner', ['ci'], present('owner'), required, 'Has an owner', 'Set owner to who answers for it.'),
  rule(
    'ci-support-group',
    ['ci'],
    present('supportGroup'),
    required,
    'Has a support group',
    'Set supportGroup to the team that is called when it fails.',
  ),
  rule(
    'ci-environment',
    ['server', 'virtual-machine', 'cloud-resource', 'container-workload', 'database', 'application'],
    present('environment'),
    recommended,
    'Says its environment',
    'Set environment, for example production or test.',
  ),
  rule(
    'ci-criticality',
    ['application', 'technical-service', 'business-service'],
    present('criticality'),
    required,
    'Says how critical it is',
    'Set criticality: low, medium, high or critical.',
  ),
  rule('asset-serial', ['asset'], present('serial'), required, 'Has a serial', 'Set serial as printed on the device.'),
  rule('asset-model', ['asset'], present('model'), required, 'Has a model', 'Set model.'),
  rule(
    'asset-cost-centre',
    ['asset'],
    present('costCentre'),
    recommended,
    'Has a cost centre',
    'Set costCentre to who pays for it.',
  ),
  rule(
    'asset-purchase-date',
    ['asset'],
    present('purchaseDate'),
    recommended,
    'Has a purchase date',
    'Set purchaseDate, or import the purchase file.',
  ),
  rule(
    'asset-warranty',
    ['asset'],
    present('warrantyEnd'),
    recommended,
    'Says when the warranty ends',
    'Set warrantyEnd, or import it from the manufacturer.',
  ),
  rule(
    'ci-orphan',
    ['technical-service', 'business-service', 'application', 'database', 'virtual-machine', 'container-workload'],
    { kind: 'related' },
    doubtful,
    'Takes part in a map',
    'Relate it to what it runs on, depends on or belongs to, or retire it.',
  ),
  rule(
    'ci-without-asset',
    ['computer', 'network-device', 'printer', 'mobile', 'storage', 'power'],
    { kind: 'bound' },
    doubtful,
    'Has an asset',
    'Bind the asset that realises it, or create one.',
  ),
  // Off until a tenant wants it: sightings that say nothing new have to be noted for it, which costs an unchanged import writes.
  off(
    rule(
      'ci-stale',
      ['ci'],
      {
        kind: 'seen',
        days: 60,
        daysByClass: { 'container-workload': 30, 'cloud-resource': 30, 'virtual-machine': 30 },
      },
      wrong,
      'Was seen by a source of late',
      'Find out whether it still exists: let its source report, or retire it.',
    ),
  ),
  rule(
    'ci-duplicate',
    ['ci'],
    { kind: 'unique', identifiers: ['hostname', 'fqdn', 'serial', 'machineId'] },
    wrong,
    'Shares no identifier with another CI',
    'Compare the two: merge them if they are one, or correct the identifier.',
  ),
  rule(
    'asset-duplicate',
    ['asset'],
    { kind: 'unique', identifiers: ['serial', 'assetTag'] },
    wrong,
    'Shares no identifier with another asset',
    'Compare the two: merge them if they are one, or correct the identifier.',
  ),
  rule(
    'asset-unheld',
    ['asset'],
    { kind: 'held' },
    wrong,
    'In use only with a holder or a CI',
    'Assign the holder, bind the CI that it realises, or take it back into stock.',
  ),
  rule(
    'asset-ci-retired',
    ['asset'],
    { kind: 'in-service' },
    wrong,
    'In use only for a CI that is not retired',
    'Take the asset back into stock or retire it, or end the binding.',
  ),
];
