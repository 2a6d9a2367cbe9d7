import { isObject } from '../glpi-json/values.ts';
import type { ToldRelation } from './item.ts';

const deepest = 6;
/** What an id inside a configuration says, by its prefix. */
const kinds = {
  vpc: { type: 'AWS::EC2::VPC', told: 'Is contained in' },
  subnet: { type: 'AWS::EC2::Subnet', told: 'Is contained in' },
  sg: { type: 'AWS::EC2::SecurityGroup', told: 'Is associated with' },
  vol: { type: 'AWS::EC2::Volume', told: 'Is attached to' },
  eni: { type: 'AWS::EC2::NetworkInterface', told: 'Is attached to' },
} as const;
const id = /^(vpc|subnet|sg|vol|eni)-[\w-]{1,40}$/;

const idsIn = (value: unknown, depth: number): string[] => {
  if (depth > deepest) return [];
  if (typeof value === 'string') return id.test(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((entry) => idsIn(entry, depth + 1));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, entry]) => (key.startsWith('tag') ? [] : idsIn(entry, depth + 1)));
};

/**
 * The network and the volumes that a configuration names, for what is described without relationships: CLI answers, and the types
 * whose relationships AWS Config leaves empty (EKS clusters, ECS services, target groups).
 */
export const impliedRelations = (configuration: Record<string, unknown>): ToldRelation[] =>
  [...new Set(idsIn(configuration, 0))].map((one) => {
    const kind = kinds[one.slice(0, one.indexOf('-')) as keyof typeof kinds];
    return { ...kind, id: one, name: undefined };
  });
