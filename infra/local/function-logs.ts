import { createWriteStream } from 'node:fs';

/**
 * Function logs go to a file, as they go to CloudWatch in AWS: their lines are JSON objects with a level; whatever else is printed
 * stays on the screen. Errors are reported too. Gives what ends it.
 */
export const divertFunctionLogs = (file: string, report: (text: string) => void): (() => Promise<void>) => {
  const screen = console.log;
  const log = createWriteStream(file, { flags: 'a', mode: 0o600 });
  console.log = (...values: unknown[]) => {
    const [line] = values;
    if (typeof line !== 'string' || !line.startsWith('{"level":')) return screen(...values);
    log.write(`${line}\n`);
    if (line.startsWith('{"level":"error"')) report(line);
  };
  return () => {
    console.log = screen;
    return new Promise((done) => log.end(done));
  };
};
