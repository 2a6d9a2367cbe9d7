type Level = 'debug' | 'info' | 'warn' | 'error';

export type Log = {
  [level in Level]: (message: string, fields?: Record<string, unknown>) => void;
} & { with: (fields: Record<string, unknown>) => Log };

/**
 * Structured logs: one JSON object per line, with the correlation id in every line of one request or run.
 * Values are never whole requests or records: what a person or device sent does not belong into logs.
 */
export const createLog = (fields: Record<string, unknown>, write: (line: string) => void = console.log): Log => {
  const at =
    (level: Level) =>
    (message: string, more: Record<string, unknown> = {}) => {
      if (level === 'debug' && process.env.LOG_LEVEL !== 'debug') return;
      write(JSON.stringify({ level, message, ...fields, ...more, time: new Date().toISOString() }));
    };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    with: (more) => createLog({ ...fields, ...more }, write),
  };
};

/** What may be logged of an error: its kind, message and trace, for us; callers never see it. */
export const describeError = (error: unknown): Record<string, unknown> =>
  error instanceof Error
    ? { error: error.name, detail: error.message, stack: error.stack }
    : { error: 'unknown', detail: String(error) };
