import { SaxesParser } from 'saxes';

export type SvgElement = { name: string; attributes: Record<string, string>; path: readonly string[]; text: string };

/** Every element of an SVG text, outermost first, its own text in it. Throws when it is not well-formed XML. */
export const readSvg = (svg: string): SvgElement[] => {
  const elements: SvgElement[] = [];
  const open: SvgElement[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = {
      name,
      attributes: attributes as Record<string, string>,
      path: open.map((one) => one.name),
      text: '',
    };
    elements.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const last = open.at(-1);
    if (last !== undefined) last.text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(svg).close();
  return elements;
};

/** Elements that a picture is made of, and no others: nothing that runs, loads, links or carries other markup. */
export const drawnElements = new Set(['svg', 'g', 'title', 'desc', 'defs', 'marker', 'path', 'rect', 'text']);
