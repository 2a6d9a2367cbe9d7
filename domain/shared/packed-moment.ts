/**
 * A moment as it is stored in items that must stay small: the milliseconds since 1970, 8 bytes instead of 24. A text that those would
 * not give back as it is stays a text.
 */
export const packMoment = (moment: string): number | string => {
  const ms = Date.parse(moment);
  return Number.isNaN(ms) || new Date(ms).toISOString() !== moment ? moment : ms;
};

/** Reads it back; what is no moment is handed on, for a schema to refuse. */
export const unpackMoment = (packed: unknown): unknown =>
  typeof packed === 'number' && Math.abs(packed) <= 8.64e15 ? new Date(packed).toISOString() : packed;
