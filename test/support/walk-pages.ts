import type { Answer, OperationName, Request } from './app.ts';

type Call = (name: OperationName, request: Request) => Promise<Answer>;

/** Follows `nextCursor` to the end of a list and gives all its pages. Throws when a page is refused or the list does not end. */
export const walkPages = async (call: Call, name: OperationName, request: Request): Promise<Answer['body'][]> => {
  const pages: Answer['body'][] = [];
  let cursor: Record<string, string> = {};
  while (pages.length < 200) {
    const page = await call(name, { ...request, query: { ...request.query, ...cursor } });
    if (page.status !== 200) throw new Error(`${name} answered ${page.status}: ${JSON.stringify(page.body)}`);
    pages.push(page.body);
    if (page.body.nextCursor === undefined) return pages;
    cursor = { cursor: page.body.nextCursor };
  }
  throw new Error(`${name} does not end`);
};
