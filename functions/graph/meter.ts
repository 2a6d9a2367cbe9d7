import type { Meter } from '../store/table.ts';

/** What was spent on reading since then. */
export const startMeter = (meter: Meter) => {
  const { roundTrips, readUnits } = meter;
  return () => ({ roundTrips: meter.roundTrips - roundTrips, readUnits: meter.readUnits - readUnits });
};
