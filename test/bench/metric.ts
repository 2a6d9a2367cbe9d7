/** One measured value and what it must keep. `ok` says whether it does; a metric without a bar is for the reader only. */
export type Metric = { metric: string; value: number; unit: string; bar?: string; ok: boolean };

export const atMost = (metric: string, value: number, unit: string, bar: number): Metric => ({
  metric,
  value: rounded(value),
  unit,
  bar: `<= ${bar}`,
  ok: value <= bar,
});

export const told = (metric: string, value: number, unit: string): Metric => ({
  metric,
  value: rounded(value),
  unit,
  ok: true,
});

const rounded = (value: number): number => Number(value.toPrecision(4));
