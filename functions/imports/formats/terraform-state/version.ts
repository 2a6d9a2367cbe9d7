import { UnreadableFile } from '../format.ts';

const supported =
  'Supported are states of version 3 (Terraform 0.7 to 0.11) and 4 (Terraform 0.12 and later, OpenTofu), and terraform show -json (format 0.x and 1.x)';

const unsupported = (what: string): UnreadableFile =>
  new UnreadableFile({ code: 'unsupported-version', detail: `${what} ${supported}.`.slice(0, 600) });

const quoted = (value: unknown): string => JSON.stringify(value ?? null).slice(0, 40);

/** Version 4 came with Terraform 0.12: what says to be older was not written by it. */
const tooOld = /^0\.(?:\d|1[01])(?:\.|-|$)/;

/** What a state calls itself. Throws `UnreadableFile` with `unsupported-version` for all but 3 and 4. */
export const checkVersion = (document: Record<string, unknown>): 3 | 4 => {
  const { terraform_version: writer, version } = document;
  if (version !== 3 && version !== 4) throw unsupported(`The state is of version ${quoted(version)}.`);
  if (version === 4 && typeof writer === 'string' && tooOld.test(writer)) {
    throw unsupported(`The state says version 4 and Terraform ${quoted(writer)}, which did not write that version.`);
  }
  return version;
};

/** Throws `UnreadableFile` for answers of `terraform show -json` that are of another format, or plans. */
export const checkShown = (document: Record<string, unknown>): void => {
  const { format_version: format } = document;
  if (typeof format !== 'string' || !/^[01]\.\d+/.test(format)) {
    throw unsupported(`The answer of terraform show is of format ${quoted(format)}.`);
  }
  if (document.planned_values === undefined && document.resource_changes === undefined) return;
  const detail =
    'This is a plan: it tells what may be built, not what was. Upload the state, or terraform show -json without a plan file.';
  throw new UnreadableFile({ code: 'not-a-state', detail });
};
