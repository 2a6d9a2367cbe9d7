import * as z from 'zod';
import { isObject, objectsOf, text } from '../glpi-json/values.ts';
import { kindOf } from './kind.ts';

type Json = Record<string, unknown>;

/** What owns an object: its controller, or the first owner. */
export type Owner = { kind: string; name: string; uid: string | undefined };

/** An object as the API server wrote it. `kind` is inferred where a list left it out. */
export type KubeObject = {
  kind: string;
  name: string;
  namespace: string | undefined;
  uid: string | undefined;
  labels: Json;
  owner: Owner | undefined;
  spec: Json;
  status: Json;
};

const Metadata = z.object({ name: text, namespace: text, uid: text });
const Reference = z.object({ kind: text, name: text, uid: text });

const asObject = (value: unknown): Json => (isObject(value) ? value : {});

const ownerOf = (references: unknown): Owner | undefined => {
  const all = objectsOf(references);
  const owner = all.find(({ controller }) => controller === true) ?? all[0];
  if (owner === undefined) return undefined;
  const { kind, name, uid } = Reference.parse(owner);
  return kind === undefined || name === undefined ? undefined : { kind, name, uid };
};

/** Reads an object; undefined when it has no name or nothing tells its kind. Annotations, which hold whole manifests, are not read. */
export const readObject = (raw: Json): KubeObject | undefined => {
  const kind = kindOf(raw);
  const metadata = asObject(raw.metadata);
  const { name, namespace, uid } = Metadata.parse(metadata);
  if (kind === undefined || name === undefined) return undefined;
  return {
    kind,
    name,
    namespace,
    uid: uid?.toLowerCase(),
    labels: asObject(metadata.labels),
    owner: ownerOf(metadata.ownerReferences),
    spec: asObject(raw.spec),
    status: asObject(raw.status),
  };
};

/** How the format names an object towards its source: by uid, which is unique in the world, else by kind, namespace and name. */
export const keyOf = ({
  kind,
  name,
  namespace,
  uid,
}: Pick<KubeObject, 'kind' | 'name' | 'namespace' | 'uid'>): string =>
  uid === undefined ? `${kind.toLowerCase()}/${namespace ?? '-'}/${name}`.slice(0, 388) : `uid:${uid}`;
