import { classesFit } from '../identity/class-family.ts';
import { type IdentifierType, parseCompact } from '../identity/identifier.ts';
import type { Refusal } from '../shared/refusal.ts';
import type { AssetChoice } from '../shared/thing.ts';
import type { AssetSide, CiSide, Side } from './side.ts';

/** A person vouches for it as a serial would. */
const vouched: readonly IdentifierType[] = ['serial'];

/** Why two CIs cannot be one, or what has to be said first; empty when they can. */
export const ciRefusals = (survivor: CiSide, absorbed: CiSide, choice: AssetChoice | undefined): Refusal[] => {
  if (survivor.ci.ciId === absorbed.ci.ciId) return [itself];
  const fits = classesFit(survivor.ci.class, absorbed.ci.class, vouched);
  const detail = `A ${absorbed.ci.class} and a ${survivor.ci.class} are never one thing.`;
  return [
    ...(fits ? [] : [{ code: 'unprocessable', pointer: '#/body/absorbed', detail } as const]),
    ...choiceRefusals(survivor, absorbed, choice),
  ];
};

const itself: Refusal = { code: 'unprocessable', pointer: '#/body/absorbed', detail: 'The same thing as `survivor`.' };

const choiceRefusals = (
  { asset: mine }: CiSide,
  { asset: theirs }: CiSide,
  choice: AssetChoice | undefined,
): Refusal[] => {
  const pointer = '#/body/assets';
  if (mine === undefined || theirs === undefined) {
    if (choice === undefined || choice === 'merge' || choice.keep === (mine ?? theirs)?.assetId) return [];
    return [{ code: 'unprocessable', pointer, detail: `${choice.keep} realises neither of the two.` }];
  }
  if (choice === undefined) {
    const detail = `Both are realised by an asset: ${mine.assetId} and ${theirs.assetId}.`;
    const fix = `Send assets: "merge" when the two are one asset, or assets: {"keep": ...} with the one that realises the CI from now on.`;
    return [{ code: 'conflict', pointer, detail, fix }];
  }
  if (choice === 'merge') return mine.kind === theirs.kind ? [] : [kinds(mine.kind, theirs.kind, pointer)];
  if (choice.keep === mine.assetId || choice.keep === theirs.assetId) return [];
  return [{ code: 'unprocessable', pointer, detail: `${choice.keep} realises neither of the two.` }];
};

const kinds = (mine: string, theirs: string, pointer: string): Refusal => ({
  code: 'unprocessable',
  pointer,
  detail: `A ${theirs} asset and a ${mine} one are never one thing.`,
});

/** Why two assets cannot be one. */
export const assetRefusals = (survivor: AssetSide, absorbed: AssetSide): Refusal[] => {
  if (survivor.asset.assetId === absorbed.asset.assetId) return [itself];
  const refusals: Refusal[] = [];
  if (survivor.asset.kind !== absorbed.asset.kind)
    refusals.push(kinds(survivor.asset.kind, absorbed.asset.kind, '#/body/absorbed'));
  const [mine, theirs] = [survivor.ci?.ciId, absorbed.ci?.ciId];
  if (mine !== undefined && theirs !== undefined) {
    refusals.push({
      code: 'conflict',
      pointer: '#/body/absorbed',
      detail: `Both realise a CI: ${mine} and ${theirs}.`,
      fix: 'Merge the two CIs and send assets: "merge"; or unbind one of the assets first.',
    });
  }
  return refusals;
};

const decisive: readonly IdentifierType[] = ['serial', 'uuid', 'cloudId', 'imei', 'udid'];

/** What speaks against that two things are one, as sentences: a person who says that they are is told, not refused. */
export const contradictionsBetween = (a: Side, b: Side): string[] => {
  const valuesOf = ({ ci, asset }: Side, type: IdentifierType): string[] =>
    [...new Set([...(asset?.identifiers ?? []), ...(ci?.identifiers ?? [])])]
      .map(parseCompact)
      .flatMap((one) => (one.type === type ? [one.value] : []));
  return decisive.flatMap((type) => {
    const [mine, theirs] = [valuesOf(a, type), valuesOf(b, type)];
    const apart = mine.length > 0 && theirs.length > 0 && !mine.some((value) => theirs.includes(value));
    return apart ? [`${type} differs: ${mine.join(', ')} and ${theirs.join(', ')}`] : [];
  });
};
