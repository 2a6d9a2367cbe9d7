const months = 'janfebmaraprmayjunjulaugsepoctnovdec';

const two = (digits: string | undefined): string => (digits ?? '').padStart(2, '0');

const iso = (year: string | undefined, month: string | undefined, day: string | undefined): string =>
  Number(month) > 12 ? `${year}-${two(day)}-${two(month)}` : `${year}-${two(month)}-${two(day)}`;

/**
 * A date as GLPI's JSON has it (`2026-05-04`), from what agents write: `04/05/2026 12:30`, `04.05.2026`, `20260504`,
 * `Mon May  4 12:30:00 2026`. Day before month, unless that cannot be. Anything else stays as it is.
 */
export const toIsoDate = (text: string): string => {
  const european = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)/.exec(text);
  if (european) return iso(european[3], european[2], european[1]);
  const plain = /^(\d{4})-?(\d{2})-?(\d{2})(?!\d)/.exec(text);
  if (plain) return iso(plain[1], plain[2], plain[3]);
  const clock = /^\w{3} (\w{3}) {1,2}(\d{1,2}) [\d:]{8} (\d{4})$/.exec(text);
  const month = months.indexOf(clock?.[1]?.toLowerCase() ?? '-') / 3 + 1;
  return clock && Number.isInteger(month) && month > 0 ? iso(clock[3], String(month), clock[2]) : text;
};
