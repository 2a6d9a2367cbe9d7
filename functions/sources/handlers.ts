import { Problem } from '../../domain/shared/problem.ts';
import type { Source } from '../../domain/sources/source.ts';
import { readHistory } from '../http/history.ts';
import type { Handlers } from '../http/operation.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { catalogue } from '../imports/formats/catalogue.ts';
import { profileByName } from '../imports/formats/csv/choose-profile.ts';
import { UnreadableFile } from '../imports/formats/format.ts';
import type { Stored } from '../store/entity.ts';
import { readList } from '../store/read-list.ts';
import { checkVersion } from '../store/unit-of-work.ts';
import { sourceEntity, sourceListPartition } from './entity.ts';
import type { sourcesOperations } from './operations.ts';
import { showSources } from './show-sources.ts';

type Scope = RequestScope & ApiContext;

export const sourcesHandlers: Handlers<typeof sourcesOperations, Scope> = {
  listSources: async ({ query }, scope) => {
    const { found, next } = await readList(scope.table, {
      tenant: scope.principal.tenant,
      entity: sourceEntity,
      index: 'list',
      partitions: [sourceListPartition],
      after: query.cursor === undefined ? undefined : String(scope.cursor.open(query.cursor)),
      limit: query.limit,
      idOf: (sortKey) => sortKey,
      keep: () => true,
    });
    const items = await showSources(scope, found);
    return next === undefined ? { items } : { items, nextCursor: scope.cursor.seal(next) };
  },
  getSource: async ({ path }, scope) => showSource(scope, await scope.work.read(sourceEntity, path.source)),
  putSource: async ({ path, body: { reason, ...settings } }, scope) => {
    const { work, ifMatch, now } = scope;
    refuseUnknownFormat(settings.format);
    refuseUnknownProfile(settings.defaultProfile);
    const stored = await work.find(sourceEntity, path.source);
    checkVersion(stored ?? { version: 0 }, ifMatch);
    const intent = { type: 'SourceSettingsChanged', reason };
    const next: Source = { source: path.source, registeredAt: stored?.value.registeredAt ?? now, settings };
    return showSource(
      scope,
      stored === undefined ? work.create(sourceEntity, next, intent) : work.replace(sourceEntity, stored, next, intent),
    );
  },
  listSourceHistory: ({ path, query }, scope) =>
    readHistory(scope, sourceEntity, path.source, query, ({ value, version }) => ({ ...value, version })),
};

const showSource = async (scope: Scope, stored: Stored<Source>) => {
  const [shown] = await showSources(scope, [stored]);
  if (shown === undefined) throw new Error('a source that is not shown');
  return shown;
};

const refuseUnknownFormat = (format: string | undefined): void => {
  const known = catalogue.map(({ name }) => name);
  if (format === undefined || known.includes(format)) return;
  throw new Problem('unprocessable', `There is no format ${format}.`, {
    errors: [{ pointer: '#/body/format', detail: `Known are ${known.join(', ')}.` }],
    fix: 'Name one of them, or leave the format out: it is recognised by content.',
  });
};

/** Else every upload of the source would be rejected for it. */
const refuseUnknownProfile = (profile: string | undefined): void => {
  if (profile === undefined) return;
  try {
    profileByName(profile);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    throw new Problem('unprocessable', error.problem.detail, {
      errors: [{ pointer: '#/body/defaultProfile', detail: 'No profile is called that.' }],
    });
  }
};
