import * as z from 'zod';
import type { DiscoveryRecord, RawIdentifier } from '../../../../domain/discovery/record.ts';
import { smallText } from '../cloud/small-facts.ts';
import { facts } from '../glpi-json/facts.ts';
import { identifier } from '../glpi-json/identifiers.ts';
import { one, rows, text } from '../glpi-json/values.ts';
import type { KubeObject } from './object.ts';
import { readProviderId } from './provider-id.ts';

const Status = z.object({
  addresses: rows(z.object({ address: text, type: text })),
  capacity: one(z.object({ cpu: text, memory: text })),
  nodeInfo: one(
    z.object({
      architecture: text,
      containerRuntimeVersion: text,
      kernelVersion: text,
      kubeletVersion: text,
      machineID: text,
      operatingSystem: text,
      osImage: text,
      systemUUID: text,
    }),
  ),
});

const labelOf = ({ labels }: KubeObject, ...names: string[]): string | undefined =>
  names.flatMap((name) => smallText(labels[name]) ?? [])[0];

const instanceTypeOf = (node: KubeObject) =>
  labelOf(node, 'node.kubernetes.io/instance-type', 'beta.kubernetes.io/instance-type');
const regionOf = (node: KubeObject) =>
  labelOf(node, 'topology.kubernetes.io/region', 'failure-domain.beta.kubernetes.io/region');
const zoneOf = (node: KubeObject) =>
  labelOf(node, 'topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone');

/** Kernels that clouds build for their guests, and the UUIDs of EC2. */
const cloudKernel = /-(?:aws|azure|gcp|gke|oracle|kvm)\b|\.amzn\d|-cloud-/;
const cloudUuid = /^ec2/i;

/** Instance types that distributions write where there is no cloud. */
const noCloudType = /^(?:k3s|rke2|minikube)$/;

/** A node is a virtual machine when a cloud gave it; else nobody says here what kind of server it is. */
export const classifyNode = (
  node: KubeObject,
): Pick<DiscoveryRecord, 'nature' | 'container'> & Required<Pick<DiscoveryRecord, 'ciClass'>> => {
  const { nodeInfo } = Status.parse(node.status);
  const provider = readProviderId(node.spec.providerID);
  const isCloud =
    regionOf(node) !== undefined ||
    cloudUuid.test(nodeInfo?.systemUUID ?? '') ||
    cloudKernel.test(nodeInfo?.kernelVersion ?? '') ||
    !noCloudType.test(instanceTypeOf(node) ?? 'k3s');
  const isVirtual = provider === undefined ? isCloud : provider.nature === 'virtual';
  return {
    ciClass: isVirtual ? 'virtual-machine' : 'server',
    nature: isVirtual ? 'virtual' : 'unknown',
    ...(provider?.container === true ? { container: true } : {}),
  };
};

/** What names the machine that a node is. Support bundles hide addresses; public ones move on and name nothing. */
export const nodeIdentifiers = (node: KubeObject): RawIdentifier[] => {
  const { addresses = [], nodeInfo } = Status.parse(node.status);
  const of = (type: string): string[] =>
    addresses.flatMap((entry) => (entry.type === type ? (smallText(entry.address) ?? []) : []));
  return [
    ...identifier('cloudId', readProviderId(node.spec.providerID)?.cloudId),
    ...identifier('uuid', smallText(nodeInfo?.systemUUID)),
    ...identifier('machineId', smallText(nodeInfo?.machineID)),
    ...[...new Set(of('InternalIP'))].slice(0, 32).flatMap((address) => identifier('ip', address)),
    ...[...new Set(of('InternalDNS'))].slice(0, 8).flatMap((name) => identifier('fqdn', name)),
    ...identifier('hostname', of('Hostname')[0] ?? node.name),
  ];
};

const roles = ({ labels }: KubeObject): string | undefined => {
  const prefix = 'node-role.kubernetes.io/';
  const found = Object.keys(labels).flatMap((label) => (label.startsWith(prefix) ? [label.slice(prefix.length)] : []));
  return (
    found
      .filter((role) => role !== '')
      .sort()
      .join(', ') || undefined
  );
};

/** Section `node`: what of a node stays the same between two dumps. Conditions, free capacity, images and heartbeats do not. */
export const nodeSections = (node: KubeObject) => {
  const { capacity, nodeInfo } = Status.parse(node.status);
  return {
    node: facts({
      architecture: smallText(nodeInfo?.architecture),
      cluster: labelOf(
        node,
        'alpha.eksctl.io/cluster-name',
        'kubernetes.azure.com/cluster',
        'cluster.x-k8s.io/cluster-name',
        'cloud.google.com/gke-cluster-name',
      ),
      containerRuntime: smallText(nodeInfo?.containerRuntimeVersion),
      cpus: smallText(capacity?.cpu),
      instanceType: instanceTypeOf(node),
      kernel: smallText(nodeInfo?.kernelVersion),
      kubelet: smallText(nodeInfo?.kubeletVersion),
      memory: smallText(capacity?.memory),
      operatingSystem: smallText(nodeInfo?.osImage) ?? smallText(nodeInfo?.operatingSystem),
      pool: labelOf(
        node,
        'cloud.google.com/gke-nodepool',
        'eks.amazonaws.com/nodegroup',
        'kubernetes.azure.com/agentpool',
        'agentpool',
        'doks.digitalocean.com/node-pool',
      ),
      provider: smallText(node.spec.providerID),
      region: regionOf(node),
      roles: roles(node),
      zone: zoneOf(node),
    }),
  };
};
