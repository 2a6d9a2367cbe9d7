export type Page<T> = { items: T[]; nextCursor?: string };

/** GET requests to the API with one token. Throws with status and answer when the API says no. */
export const readApi =
  (apiUrl: string, token: string) =>
  async <T>(path: string): Promise<T> => {
    const response = await fetch(`${apiUrl.replace(/\/$/, '')}${path}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(35_000),
    });
    const body = await response.text();
    if (!response.ok) throw new Error(`GET ${path} answered ${response.status}: ${body.slice(0, 500)}`);
    return JSON.parse(body) as T;
  };

export type ReadApi = ReturnType<typeof readApi>;

/** All pages of a list, one after the other. `path` may have a query already. */
export async function* readPages<T>(read: ReadApi, path: string): AsyncGenerator<T[]> {
  let cursor: string | undefined;
  do {
    const more = cursor === undefined ? '' : `${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
    const page: Page<T> = await read<Page<T>>(`${path}${more}`);
    yield page.items;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}
