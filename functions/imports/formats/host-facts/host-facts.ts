type Text = string | undefined;

/** One interface as a fact tool shows it; `adapter` is the description that Windows gives beside the name. */
export type HostInterface = {
  name: string;
  adapter?: Text;
  type?: Text;
  driver?: Text;
  mac: Text;
  addresses: readonly string[];
};

/** One installed package. `version` is what the package manager shows, with its release. */
export type Package = { name: string; version: Text; arch: Text; publisher: Text };

/**
 * What Ansible, facter, ohai and Salt all tell of a host, each in its own words; the values are as written, junk included.
 *
 * - `calledBy`: the name under which the tool's server knows the host, where the facts tell it.
 * - `guest`: whether the host says that it runs inside something; undefined when it does not tell. `technology`: inside what.
 * - `fqdns`, `cloudIds`, `moments`: candidates, the most particular first.
 * - `hostKeys`: public SSH keys in the order ed25519, ecdsa, rsa.
 * - `interfaces`, `packages`: undefined when they were not gathered. `primary`: the name of the interface with the default route.
 * - `gatheredAll`: false when the tool says that only a part was gathered. `memoryMb` in MiB, `cores` over all sockets.
 */
export type HostFacts = {
  calledBy?: Text;
  hostname: Text;
  fqdns: readonly Text[];
  domain: Text;
  vendor: Text;
  product: Text;
  sku: Text;
  serial: Text;
  uuid: Text;
  boardVendor: Text;
  boardSerial: Text;
  chassisSerial: Text;
  chassisType: Text;
  assetTag: Text;
  biosVersion: Text;
  guest: boolean | undefined;
  technology: Text;
  machineId: Text;
  hostKeys: readonly Text[];
  cloudIds: readonly Text[];
  os: { name: Text; version: Text; arch: Text; kernel: Text; server: boolean };
  memoryMb: number | undefined;
  cpu: { name: Text; sockets: number | undefined; cores: number | undefined };
  interfaces: readonly HostInterface[] | undefined;
  primary: Text;
  gateway: Text;
  packages: readonly Package[] | undefined;
  moments: readonly unknown[];
  gatheredAll: boolean;
};

/** A JSON object as parsed. */
export type Json = Record<string, unknown>;
