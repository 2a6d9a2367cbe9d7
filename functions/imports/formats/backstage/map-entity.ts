import type { AttributeValue } from '../../../../domain/discovery/facts.ts';
import { facts, recordName } from '../glpi-json/facts.ts';
import { isObject } from '../glpi-json/values.ts';
import { textAt, textsAt } from '../host-facts/pick.ts';
import type { Place } from '../json-piece.ts';
import { type Draft, faultAt } from '../json-records.ts';
import { readRef, refKey } from './entity-ref.ts';
import { classOfKind } from './kinds.ts';
import { relationsOf } from './relations.ts';

const longestDescription = 1000;
const mostRelations = 500;
const mostTags = 20;

/** Annotations that say where the code is, by their well-known names. */
const repositories = [
  'github.com/project-slug',
  'gitlab.com/project-slug',
  'bitbucket.org/project-slug',
  'dev.azure.com/project-repo',
];

const repositoryOf = (annotations: unknown): string | undefined => {
  if (!isObject(annotations)) return undefined;
  const host = repositories.find((name) => typeof annotations[name] === 'string' && annotations[name] !== '');
  return host === undefined ? undefined : `${host.split('/')[0]}/${String(annotations[host])}`;
};

const describe = (entity: unknown): Record<string, AttributeValue> => {
  const description = textAt(entity, 'metadata.description')?.slice(0, longestDescription).toWellFormed();
  return {
    ...facts({ owner: textAt(entity, 'spec.owner') ?? ownerRef(entity) }),
    ...(description === undefined ? {} : { description }),
  };
};

/** An owner that is written as an object. */
const ownerRef = (entity: unknown): string | undefined => {
  const spec = isObject(entity) && isObject(entity.spec) ? entity.spec : {};
  const ref = isObject(spec.owner) ? readRef(spec.owner, { kind: 'group', namespace: 'default' }) : undefined;
  return ref === undefined ? undefined : refKey(ref);
};

const warn = (code: string, detail: string) => ({ code, detail: detail.slice(0, 400).toWellFormed() });

/**
 * One catalog entity as a declared CI, never an asset; nothing for people, teams, locations and templates, a fault for what is no
 * entity. Definitions of APIs, annotations and links stay in the file. Source: Backstage, "Descriptor Format of Catalog Entities".
 */
export const mapEntity = (entity: unknown, place: Place): Draft[] => {
  const kind = textAt(entity, 'kind')?.toLowerCase();
  if (!isObject(entity) || kind === undefined) {
    return [faultAt(place, 'This is no entity of a catalog: it has no kind.', { pointer: '/kind' })];
  }
  const type = textAt(entity, 'spec.type') ?? '';
  const ciClass = classOfKind(kind, type);
  if (ciClass === 'none') return [];
  if (ciClass === undefined) {
    const reason = 'No CI class is known for this kind; known are Component, API, Resource, System and Domain.';
    return [faultAt(place, reason, { pointer: '/kind', value: kind.slice(0, 200).toWellFormed() })];
  }
  const name = textAt(entity, 'metadata.name');
  const self = readRef(name, { kind, namespace: textAt(entity, 'metadata.namespace') ?? 'default' });
  if (name === undefined || self === undefined) {
    const value = name === undefined ? {} : { value: name.slice(0, 200).toWellFormed() };
    return [faultAt(place, 'The entity has no usable name.', { pointer: '/metadata/name', ...value })];
  }
  const { relations, unread } = relationsOf(
    { ...self, kind },
    isObject(entity.spec) ? entity.spec : {},
    entity.relations,
  );
  const tags = textsAt(entity, 'metadata.tags').map((tag) => tag.slice(0, 100).toWellFormed());
  return [
    {
      record: {
        line: place.line,
        nativeKey: refKey({ ...self, kind }),
        half: 'book',
        action: 'upsert',
        partial: false,
        nature: 'logical',
        ciClass,
        name: recordName(textAt(entity, 'metadata.title') ?? name),
        identifiers: [],
        // Carried also when it is empty: an owner that is no longer declared must go.
        sections: {
          device: describe(entity),
          catalog: facts({
            kind: textAt(entity, 'kind'),
            type: type === '' ? undefined : type,
            lifecycle: textAt(entity, 'spec.lifecycle'),
            namespace: self.namespace,
            repository: repositoryOf(isObject(entity.metadata) ? entity.metadata.annotations : undefined),
            tags: tags.length === 0 ? undefined : tags.slice(0, mostTags).sort(),
          }),
        },
        relations: relations.slice(0, mostRelations),
        warnings: [
          ...(unread.length === 0
            ? []
            : [
                warn(
                  'unreadable-reference',
                  `References that name no entity were left out: ${unread.slice(0, 5).join(', ')}.`,
                ),
              ]),
          ...(relations.length <= mostRelations
            ? []
            : [warn('relations-cut', `Only the first ${mostRelations} of ${relations.length} relations were taken.`)]),
        ],
      },
    },
  ];
};
