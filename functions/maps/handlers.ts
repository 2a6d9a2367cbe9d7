import type { Handlers, Renderings } from '../http/operation.ts';
import type { ApiContext, RequestScope } from '../http/serve.ts';
import { buildMap } from './build-map.ts';
import { type mapsOperations, svg } from './operations.ts';
import { drawMap } from './svg/draw-map.ts';

export const mapsHandlers: Handlers<typeof mapsOperations, RequestScope & ApiContext> = {
  getMap: ({ path, query }, scope) => buildMap(path.ciId, query, scope),
};

/** A browser that is shown the picture runs nothing in it and loads nothing for it, whatever names it holds. */
const headers = { 'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox" };

export const mapsRenderings: Renderings<typeof mapsOperations> = {
  getMap: { [svg]: (map) => ({ text: drawMap(map), headers }) },
};
