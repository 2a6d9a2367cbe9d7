import * as z from 'zod';

/**
 * The built-in CI classes as data: adding one touches this file, and domain/model/built-in-attributes.ts for its attributes. Tenants put
 * classes of their own below these. `layer` places it in a service map, `extends` names the broader class,
 * `asset` says that a physical thing of this class may have an asset beside it.
 */
export const ciClasses = {
  device: { label: 'Device', layer: 'physical', asset: true },
  computer: { label: 'Computer', layer: 'physical', extends: 'device', asset: true },
  server: { label: 'Server', layer: 'physical', extends: 'computer', asset: true },
  'network-device': { label: 'Network device', layer: 'physical', extends: 'device', asset: true },
  printer: { label: 'Printer', layer: 'physical', extends: 'device', asset: true },
  mobile: { label: 'Mobile device', layer: 'physical', extends: 'device', asset: true },
  peripheral: { label: 'Peripheral', layer: 'physical', extends: 'device', asset: true },
  storage: { label: 'Storage', layer: 'physical', extends: 'device', asset: true },
  power: { label: 'Power', layer: 'physical', extends: 'device', asset: true },
  unmanaged: { label: 'Unmanaged device', layer: 'physical', extends: 'device', asset: false },
  'virtual-machine': { label: 'Virtual machine', layer: 'logical', asset: false },
  'container-workload': { label: 'Container workload', layer: 'logical', asset: false },
  'cloud-resource': { label: 'Cloud resource', layer: 'logical', asset: false },
  network: { label: 'Network', layer: 'logical', asset: false },
  database: { label: 'Database', layer: 'logical', asset: false },
  application: { label: 'Application', layer: 'application', asset: false },
  'technical-service': { label: 'Technical service', layer: 'service', asset: false },
  'business-service': { label: 'Business service', layer: 'service', asset: false },
} as const satisfies Record<string, CiClassData>;

type CiClassData = {
  label: string;
  layer: 'physical' | 'logical' | 'application' | 'service';
  extends?: string;
  asset: boolean;
};

export type CiClassName = keyof typeof ciClasses;

/** `network device` and `network_device` are read as `network-device`, `vm` as `virtual-machine`. */
export const normaliseClass = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  const name = value.trim().toLowerCase().replaceAll(/[ _]/g, '-');
  return name === 'vm' ? 'virtual-machine' : name;
};

/** A built-in class. */
export const CiClass = z
  .preprocess(normaliseClass, z.enum(Object.keys(ciClasses) as [CiClassName, ...CiClassName[]]))
  .meta({ id: 'CiClass' });
export type CiClass = CiClassName;
