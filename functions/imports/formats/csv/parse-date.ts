/** In which order a profile writes day, month and year. `ymd`: only ISO and other dates that begin with a year of four digits. */
export const dateOrders = ['ymd', 'mdy', 'dmy'] as const;
export type DateOrder = (typeof dateOrders)[number];

const time = String.raw`(?:(?:T|,? )\d{1,2}:\d{2}.{0,30})?`;
const yearFirst = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${time}$`, 'i');
const compact = /^((?:19|20)\d{2})(\d{2})(\d{2})$/;
const yearLast = new RegExp(String.raw`^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})${time}$`, 'i');
const dayMonthName = new RegExp(
  String.raw`^(?:[a-z]{3,9},? )?(\d{1,2})(?:\. |[-/ ])([a-z]{3,9})\.?,?[-/ ](\d{4}|\d{2})${time}$`,
  'i',
);
const monthNameDay = new RegExp(String.raw`^(?:[a-z]{3,9},? )?([a-z]{3,9})\.? (\d{1,2}),? (\d{4})${time}$`, 'i');
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Reads a calendar date (a time behind it is dropped) and gives it as `2026-05-03`; undefined if it cannot be read.
 * ISO is always accepted, and so is an English month name; digits alone are read in the profile's order and never otherwise.
 * Years of two digits: 00 to 69 are 2000 to 2069, 70 to 99 are 1970 to 1999.
 */
export const parseDate = (text: string, order: DateOrder): string | undefined => {
  const first = yearFirst.exec(text);
  if (first) return calendarDate(first[1], first[3], first[4]);
  const plain = compact.exec(text);
  if (plain) return calendarDate(plain[1], plain[2], plain[3]);
  const named = monthNameDay.exec(text);
  if (named) return calendarDate(named[3], monthNumber(named[1]), named[2]);
  const dayFirst = dayMonthName.exec(text);
  if (dayFirst)
    return order === 'ymd' && dayFirst[3]?.length === 2
      ? undefined
      : calendarDate(dayFirst[3], monthNumber(dayFirst[2]), dayFirst[1]);
  const last = order === 'ymd' ? null : yearLast.exec(text);
  if (last) return order === 'mdy' ? calendarDate(last[4], last[1], last[3]) : calendarDate(last[4], last[3], last[1]);
  return undefined;
};

const monthNumber = (name = ''): string => String(months.indexOf(name.slice(0, 3).toLowerCase()) + 1);

const calendarDate = (yearText = '', monthText = '', dayText = ''): string | undefined => {
  const [digits, month, day] = [Number(yearText), Number(monthText), Number(dayText)];
  const year = yearText.length > 2 ? digits : digits <= 69 ? 2000 + digits : 1900 + digits;
  const isReal =
    year >= 1900 && year < 2200 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return isReal ? isoDate(year, month, day) : undefined;
};

const isoDate = (year: number, month: number, day: number): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The date so many months later; the 31st becomes the last day of a shorter month. */
export const addMonths = (date: string, count: number): string => {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const total = year * 12 + month - 1 + count;
  const [newYear, newMonth] = [Math.floor(total / 12), (total % 12) + 1];
  return isoDate(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)));
};
