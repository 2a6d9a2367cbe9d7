import { assetEntity } from '../assets/entity.ts';
import type { Handlers } from '../http/operation.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { type Position, readPage } from '../store/read-page.ts';
import { sightingEntity, sightingPrefix } from './entity.ts';
import type { sightingsOperations } from './operations.ts';

export const sightingsHandlers: Handlers<typeof sightingsOperations, RequestScope & ApiContext> = {
  listAssetSightings: async ({ path, query }, { table, principal, cursor, work }) => {
    await work.read(assetEntity, path.assetId);
    const { found, next } = await readPage(
      table,
      {
        pk: assetEntity.keyOf(principal.tenant, path.assetId).pk,
        prefix: sightingPrefix,
        backwards: true,
        limit: query.limit,
        after: query.cursor === undefined ? undefined : (cursor.open(query.cursor) as Position),
      },
      async (items) => items.map((item) => sightingEntity.fromItem(item).value),
    );
    return next === undefined ? { items: found } : { items: found, nextCursor: cursor.seal(next) };
  },
};
