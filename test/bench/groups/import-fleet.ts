/** A generated fleet of Skyways as Microsoft Graph lists it: shared devices of gates and crews, several identifiers each. */

const places = ['ARN', 'OSL', 'CPH', 'HEL', 'GOT', 'BGO', 'TRD', 'AAR'];
const models = ['Latitude 5440', 'OptiPlex 7010', 'Surface Go 4', 'EliteBook 840 G10'];
const makers = ['Dell Inc.', 'Dell Inc.', 'Microsoft Corporation', 'HP'];

const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0');
/** Spreads numbers, so that neighbours in the file are none in the table. */
const mixed = (n: number): number => Math.imul(n + 1, 0x9e3779b1) >>> 0;
const uuid = (n: number, kind: number): string =>
  `${hex(mixed(n), 8)}-${hex(kind, 4)}-4000-8000-${hex(n, 6)}${hex(mixed(n + 7) & 0xffffff, 6)}`;
const mac = (n: number, port: number): string =>
  ['A4', 'BB', '6D', hex((n >> 15) & 255, 2), hex((n >> 7) & 255, 2), hex(((n & 127) << 1) | port, 2)]
    .join(port === 0 ? ':' : '-')
    .toUpperCase();

/** One device, about 2 kB as Graph writes it. `state` is what changes from one export to the next: its system's version. */
export const deviceJson = (n: number, state = 0): string =>
  JSON.stringify({
    id: uuid(n, 1),
    userId: null,
    deviceName: `SKY-${places[n % places.length]}-${hex(n, 6)}`,
    managedDeviceName: `skyways_${hex(n, 6)}_Windows`,
    managedDeviceOwnerType: 'company',
    enrolledDateTime: '2026-02-03T08:12:45.1234567Z',
    lastSyncDateTime: '2026-11-20T05:41:12.7654321Z',
    operatingSystem: 'Windows',
    osVersion: `10.0.22631.${4000 + (n % 90) + state}`,
    complianceState: 'compliant',
    jailBroken: 'Unknown',
    managementAgent: 'mdm',
    deviceEnrollmentType: 'windowsBulkUserless',
    deviceRegistrationState: 'registered',
    deviceCategoryDisplayName: `Gate ${n % 40}`,
    azureADRegistered: true,
    azureADDeviceId: uuid(n, 2),
    easActivated: true,
    easDeviceId: hex(mixed(n), 32).toUpperCase(),
    easActivationDateTime: '0001-01-01T00:00:00Z',
    exchangeAccessState: 'none',
    exchangeAccessStateReason: 'none',
    exchangeLastSuccessfulSyncDateTime: '0001-01-01T00:00:00Z',
    isEncrypted: true,
    isSupervised: false,
    model: models[n % models.length],
    manufacturer: makers[n % makers.length],
    serialNumber: `SKY${hex(mixed(n), 8).toUpperCase()}${n}`,
    imei: '',
    meid: '',
    udid: null,
    wiFiMacAddress: mac(n, 0).replaceAll(':', ''),
    ethernetMacAddress: mac(n, 1).replaceAll('-', ''),
    phoneNumber: '',
    subscriberCarrier: '',
    androidSecurityPatchLevel: '',
    configurationManagerClientEnabledFeatures: null,
    deviceHealthAttestationState: null,
    partnerReportedThreatState: 'unknown',
    requireUserEnrollmentApproval: null,
    managementCertificateExpirationDate: '2027-02-02T17:40:39Z',
    iccid: null,
    notes: null,
    enrollmentProfileName: 'Skyways shared devices',
    totalStorageSpaceInBytes: 255_060_869_120,
    freeStorageSpaceInBytes: 181_932_130_304,
    physicalMemoryInBytes: 17_179_869_184,
    remoteAssistanceSessionUrl: null,
    remoteAssistanceSessionErrorDetails: null,
    activationLockBypassCode: null,
    deviceActionResults: [],
    usersLoggedOn: [],
  });

/** The whole export, as bytes of 64 kB and more, made while it is read. `changed` says in which state a device is. */
export const fleetFile = async function* (
  records: number,
  changed: (n: number) => number = () => 0,
  from = 0,
): AsyncGenerator<Uint8Array> {
  const head = '{"@odata.context":"https://graph.example/v1.0/$metadata#deviceManagement/managedDevices","value":[';
  let text = head;
  for (let n = from; n < from + records; n += 1) {
    text += `${n === from ? '' : ','}\n${deviceJson(n, changed(n))}`;
    if (text.length < 65_536) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(`${text}\n]}\n`);
};

/** What the file names a device by. */
export const nativeKeyOf = (n: number): string => `intune:${uuid(n, 1)}`;
