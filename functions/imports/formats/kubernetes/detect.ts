import type { Format } from '../format.ts';

const begins = /^\uFEFF?\s*[{[]/;
const version = /"apiVersion"\s*:\s*"(?:v1|(?:apps|batch|extensions|networking\.k8s\.io|storage\.k8s\.io)\/v\d\w*)"/;
const kind =
  /"kind"\s*:\s*"(?:\w*List|Node|Pod|Namespace|Service|Ingress|Deployment|StatefulSet|DaemonSet|ReplicaSet|CronJob|Job|PersistentVolume(?:Claim)?|Status|Event)"/;
const metadata = [/"metadata"\s*:\s*\{/, /"uid"\s*:\s*"[\da-f]{8}-/, /"resourceVersion"\s*:\s*"/];
const others = /"asset_?[tT]ype"\s*:|"terraform_version"\s*:|backstage\.io\//;

/** Objects of a cluster by `kind` and `apiVersion`, or by the metadata that every object has. */
export const detectKubernetes: Format['detect'] = (head) =>
  begins.test(head) &&
  !others.test(head) &&
  ((version.test(head) && kind.test(head)) || metadata.every((key) => key.test(head)));
