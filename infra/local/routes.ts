import type { ApiFunction } from '../application.ts';

/** What the gateway knows of a route. */
export type Route = { key: string; functionName: string; isPublic: boolean };
export type FoundRoute = Route & { pathParameters: Record<string, string> };

type Compiled = Route & { method: string; steps: string[] };

const isVariable = (step: string): boolean => step.startsWith('{');

/**
 * The routes of the API functions, looked up as the gateway does: the most specific one wins, and path parameters arrive decoded.
 * Throws when two operations claim one route. The lookup throws `URIError` when a path is not decodable.
 */
export const compileRoutes = (apiFunctions: readonly ApiFunction[]) => {
  const routes = apiFunctions.flatMap(({ settings, operations }) =>
    Object.values(operations).map(({ route, permission }): Compiled => {
      const [method = '', path = ''] = route.split(' ');
      const isPublic = permission === 'public';
      return { key: route, functionName: settings.name, isPublic, method, steps: path.split('/') };
    }),
  );
  const shapes = routes.map(({ method, steps }) => [method, ...steps.map((s) => (isVariable(s) ? '{}' : s))].join('/'));
  const twice = shapes.find((shape, index) => shapes.indexOf(shape) !== index);
  if (twice !== undefined) throw new Error(`Two operations answer the same route: ${twice}`);
  routes.sort((a, b) => a.steps.filter(isVariable).length - b.steps.filter(isVariable).length);

  return (method: string, path: string): FoundRoute | undefined => {
    const given = path.split('/');
    const found = routes.find(
      (route) =>
        route.method === method &&
        route.steps.length === given.length &&
        route.steps.every((step, index) => (isVariable(step) ? given[index] !== '' : step === given[index])),
    );
    if (found === undefined) return undefined;
    const variables = found.steps.flatMap((step, index) =>
      isVariable(step) ? [[step.slice(1, -1), decodeURIComponent(given[index] ?? '')] as const] : [],
    );
    const { key, functionName, isPublic } = found;
    return { key, functionName, isPublic, pathParameters: Object.fromEntries(variables) };
  };
};
