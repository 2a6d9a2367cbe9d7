import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export const temporaryDirectory = (): string => mkdtempSync(join(tmpdir(), 'hangar-test-'));

/** Waits until the condition gives something, at most `limitMs`. Throws with `what` when it never does. */
export const until = async <T>(
  what: string,
  condition: () => T | Promise<T>,
  limitMs = 20_000,
): Promise<NonNullable<T>> => {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== null && (value as unknown) !== false) return value as NonNullable<T>;
    if (Date.now() > deadline) throw new Error(`Never happened: ${what}`);
    await pause(20);
  }
};
