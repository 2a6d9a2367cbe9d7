import { Problem } from '../shared/problem.ts';
import type { Asset } from './asset.ts';
import { AssetStatus, lifecycle } from './lifecycle.ts';

type Refusal = { to: AssetStatus; reason: string };

/** The steps that are allowed from a status, and for every other status why not. */
export const listTransitions = (status: AssetStatus): { allowed: AssetStatus[]; refused: Refusal[] } => {
  const allowed: readonly AssetStatus[] = lifecycle[status];
  const others = AssetStatus.options.filter((to) => !allowed.includes(to));
  return { allowed: [...allowed], refused: others.map((to) => ({ to, reason: whyNot(status, to) })) };
};

/** The asset in its next status, set by a person: imports leave it alone from now on. Throws `illegal-transition`. */
export const transitionAsset = (asset: Asset, to: AssetStatus): Asset => {
  const allowed: readonly AssetStatus[] = lifecycle[asset.status];
  if (!allowed.includes(to)) {
    throw new Problem('illegal-transition', whyNot(asset.status, to), {
      errors: [{ pointer: '#/body/to', detail: `Allowed now: ${allowed.join(', ') || 'nothing'}.` }],
      fix: 'See GET /assets/{assetId}/transitions.',
    });
  }
  return { ...asset, status: to, statusSetBy: 'person' };
};

const whyNot = (status: AssetStatus, to: AssetStatus): string => {
  if (status === to) return `The asset is ${to} already.`;
  const before = AssetStatus.options.filter((from) => (lifecycle[from] as readonly AssetStatus[]).includes(to));
  return before.length === 0
    ? `No asset becomes ${to}; it can only begin so.`
    : `An asset that is ${status} does not become ${to}; only one that is ${before.join(', ')} does.`;
};
