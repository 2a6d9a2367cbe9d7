import { Problem } from '../../domain/shared/problem.ts';

export const json = 'application/json';

type Range = { type: string; weight: number };

/**
 * Which of the media types that an operation answers with the caller would rather have (RFC 9110, 12.5.1): the highest weight of the most
 * exact range that fits, the first of equals. Without an Accept header it is JSON. Throws `not-acceptable` when none will do.
 */
export const chooseMediaType = (accept: string | undefined, offered: readonly string[]): string => {
  const ranges = (accept ?? '').split(',').flatMap(readRange);
  if (ranges.length === 0) return offered[0] ?? json;
  const weights = offered.map((type) => ({ type, weight: weightOf(type, ranges) }));
  const best = weights.reduce((a, b) => (b.weight > a.weight ? b : a));
  if (best.weight > 0) return best.type;
  throw new Problem('not-acceptable', `This is answered as ${offered.join(' or ')}.`, {
    fix: `Send Accept: ${offered.join(', or Accept: ')}.`,
  });
};

const readRange = (text: string): Range[] => {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  if (type === '') return [];
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
  return [{ type, weight: /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(weight) ? Number(weight) : 0 }];
};

const weightOf = (type: string, ranges: readonly Range[]): number => {
  const candidates = [type, `${type.split('/')[0]}/*`, '*/*'];
  for (const candidate of candidates) {
    const found = ranges.find((range) => range.type === candidate);
    if (found !== undefined) return found.weight;
  }
  return 0;
};
