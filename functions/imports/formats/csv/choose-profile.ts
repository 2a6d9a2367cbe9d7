import { UnreadableFile } from '../format.ts';
import { currencyDecimals } from './currencies.ts';
import { type DateOrder, dateOrders } from './parse-date.ts';
import type { Profile } from './profile.ts';
import { generic } from './profiles/generic.ts';
import { services } from './profiles/services.ts';
import { snipeItAssets } from './profiles/snipe-it-assets.ts';
import { snipeItLicences } from './profiles/snipe-it-licences.ts';

/** The presets, in the order in which they are tried on a file that names none. */
export const profiles: readonly Profile[] = [snipeItLicences, snipeItAssets, services, generic];

/**
 * The profile that an uploader named: a preset, then in any order a date order, a currency and the decimal mark, for example
 * `generic:dmy:EUR:comma`. Throws `UnreadableFile` `unknown-profile` for anything else.
 */
export const profileByName = (name: string): Profile => {
  const [base = '', ...variants] = name
    .trim()
    .split(':')
    .map((part) => part.trim());
  const preset = profiles.find((profile) => profile.name === base.toLowerCase());
  if (preset === undefined) throw unknownProfile(name);
  return Object.assign({}, preset, ...variants.map((variant) => readVariant(variant, name))) as Profile;
};

const readVariant = (variant: string, name: string): Partial<Profile> => {
  const order = variant.toLowerCase();
  if (dateOrders.includes(order as DateOrder)) return { dateOrder: order as DateOrder };
  if (order === 'comma' || order === 'point') return { decimal: order === 'comma' ? ',' : '.' };
  if (currencyDecimals(variant.toUpperCase()) !== undefined) return { currency: variant.toUpperCase() };
  throw unknownProfile(name);
};

const unknownProfile = (name: string): UnreadableFile =>
  new UnreadableFile({
    code: 'unknown-profile',
    detail:
      `There is no CSV profile "${name.slice(0, 80)}". Profiles: ${profiles.map((profile) => profile.name).join(', ')}; ` +
      'each may be followed by a date order (ymd, mdy, dmy), a currency (ISO 4217) and a decimal mark (point, comma), ' +
      'such as generic:dmy:EUR:comma',
  });
