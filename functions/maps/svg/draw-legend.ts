import { readDownwards } from '../../../domain/map/layer.ts';
import type { ServiceMap } from '../answers.ts';
import { markerId } from './draw-line.ts';
import type { Line } from './layout.ts';
import { ink, lineStyle } from './style.ts';
import { widthOf } from './text.ts';

type Entry = { label: string; sample: string; sampleWidth: number };

export const legendHeight = 30;
const [between, afterSample] = [24, 8];

const entriesOf = (
  types: readonly Line['type'][],
  { groups, nodes }: Pick<ServiceMap, 'groups' | 'nodes'>,
): Entry[] => [
  ...types.map((type) => {
    const { colour, dashes } = lineStyle(type);
    const dash = dashes === undefined ? '' : ` stroke-dasharray="${dashes}"`;
    return {
      label: readDownwards(type),
      sample: `<path d="M 0 11 H 33" stroke="${colour}" stroke-width="1.4"${dash} marker-end="url(#${markerId(type)})"/>`,
      sampleWidth: 42,
    };
  }),
  ...(groups.length === 0
    ? []
    : [
        {
          label: 'keeps working while so many of the group are left',
          sample: `<rect y="2" width="34" height="18" rx="9" fill="#fef3c7" stroke="${ink.badge}"/>`,
          sampleWidth: 34,
        },
      ]),
  ...(nodes.every(({ kind }) => kind === 'ci')
    ? []
    : [
        {
          label: 'many, drawn as one',
          sample: [6, 3, 0]
            .map(
              (by) =>
                `<rect x="${by}" y="${by}" width="28" height="14" rx="3" fill="${ink.paper}" stroke="${ink.quiet}"/>`,
            )
            .join(''),
          sampleWidth: 34,
        },
      ]),
];

const entryWidth = ({ label, sampleWidth }: Entry): number =>
  sampleWidth + afterSample + Math.ceil(widthOf(label, 12)) + between;

export const legendWidth = (types: readonly Line['type'][], map: Pick<ServiceMap, 'groups' | 'nodes'>): number =>
  entriesOf(types, map).reduce((sum, entry) => sum + entryWidth(entry), 60);

/** What the lines, badges and stacks of this map mean. */
export const drawLegend = (types: readonly Line['type'][], map: Pick<ServiceMap, 'groups' | 'nodes'>): string => {
  let x = 0;
  return entriesOf(types, map)
    .map((entry) => {
      const drawn = `<g transform="translate(${x} 0)">${entry.sample}<text x="${entry.sampleWidth + afterSample}" y="15" font-size="12" fill="${ink.text}">${entry.label}</text></g>`;
      x += entryWidth(entry);
      return drawn;
    })
    .join('');
};
