import type { HostFacts } from '../host-facts/host-facts.ts';

type Text = string | undefined;

/** What Jamf, Intune and Kandji know of who has a thing and how it was bought, as written. */
export type Purchase = {
  username: Text;
  email: Text;
  fullName: Text;
  department: Text;
  /** Building and room, the larger first. */
  places: readonly Text[];
  supplier: Text;
  orderNumber: Text;
  price: Text;
  /** Dates as text or as seconds or milliseconds since 1970: the first that can be read counts. */
  purchaseDates: readonly unknown[];
  warrantyDates: readonly unknown[];
  lifeYears: number | undefined;
};

/**
 * One enrolled device, in the words that all the tools share.
 *
 * - `kind`: what it is by its system. `ownership` is undefined where the tool only manages what the organisation owns.
 * - `hardwareUuid`: the UUID that firmware shows as well; `udid`: the id that Apple gives a phone or tablet.
 * - `managed`: small facts of the enrolment that do not change by themselves. `software`: undefined when it was not exported.
 * - `seenAt`: candidates for the moment of the last report.
 */
export type ManagedDevice = {
  id: Text;
  kind: 'computer' | 'mobile' | 'device';
  ownership: 'company' | 'personal' | 'unknown' | undefined;
  name: Text;
  manufacturer: Text;
  model: Text;
  modelNumber: Text;
  serial: Text;
  hardwareUuid: Text;
  udid: Text;
  imeis: readonly Text[];
  macs: readonly Text[];
  assetTag: Text;
  os: { name: Text; version: Text; build: Text };
  memoryMb: number | undefined;
  storageMb: number | undefined;
  cpu: HostFacts['cpu'];
  managed: Readonly<Record<string, string | boolean | undefined>>;
  software: readonly { name: Text; version: Text; bundle: Text }[] | undefined;
  seenAt: readonly unknown[];
  purchase: Purchase;
};

/** How one tool writes its devices. `mark`: keys that a row of it has; all of one group are enough. */
export type Dialect = {
  name: 'intune' | 'jamf' | 'kandji' | 'crowdstrike' | 'defender' | 'sentinelone';
  marks: readonly (readonly string[])[];
  read: (row: Record<string, unknown>) => ManagedDevice;
};

export const noPurchase: Purchase = {
  ...{ username: undefined, email: undefined, fullName: undefined, department: undefined, places: [] },
  ...{ supplier: undefined, orderNumber: undefined, price: undefined, purchaseDates: [], warrantyDates: [] },
  lifeYears: undefined,
};
