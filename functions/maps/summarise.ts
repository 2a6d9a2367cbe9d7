import type { MapNode, ServiceMap } from './answers.ts';

type Walked = { read: number; isCut: boolean };

/** What is drawn, in numbers and in a sentence. */
export const summarise = (nodes: readonly MapNode[], { read, isCut }: Walked): ServiceMap['summary'] => {
  const drawn = nodes.filter(({ kind }) => kind === 'ci').length;
  const many = nodes.length - drawn;
  const more = nodes.reduce((sum, node) => sum + (node.more ?? 0), 0);
  const text = [
    `${items(read)}, ${drawn === read ? 'all' : drawn} drawn one by one`,
    ...(many === 0 ? [] : [`${read - drawn} put together in ${many} ${many === 1 ? 'box' : 'boxes'}`]),
    ...(isCut ? [more === 0 ? 'there is more further down' : `at least ${more} more further down`] : []),
  ].join('; ');
  return { read, drawn, collapsed: read - drawn, text: `${text}.` };
};

const items = (count: number): string => (count === 1 ? '1 item' : `${count} items`);
