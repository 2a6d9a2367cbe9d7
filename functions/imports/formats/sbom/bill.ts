type Text = string | undefined;

/** One component as a row of a software list, in the words of GLPI's; `licences` as the file names them. */
export type SoftwareRow = {
  name: string;
  version?: string;
  group?: string;
  arch?: string;
  publisher?: string;
  purl?: string;
  licences?: string[];
};

/** What a bill says it is about. `none`: a path, a system or nothing, of which no one knows where it is. */
export type Subject =
  | { kind: 'application'; name: string; group: Text; version: Text; purl: Text }
  | { kind: 'image'; name: string; digest: Text }
  | { kind: 'host'; name: string }
  | { kind: 'none'; told: Text };

/** A bill of materials without its components. `root`: the component that is the subject itself, by its id in the file. */
export type Bill = {
  standard: 'CycloneDX' | 'SPDX' | 'Syft';
  version: Text;
  subject: Subject;
  roots: readonly string[];
  os: { name: Text; version: Text } | undefined;
  moment: unknown;
  /** Rows that stand in the head of the file. */
  more: readonly unknown[];
};

/** One standard: how its elements and its head are read. Undefined: no component of software. */
export type Standard = {
  isHead: (head: Record<string, unknown>) => boolean;
  readHead: (head: Record<string, unknown>, described: readonly string[]) => Bill;
  readRow: (element: Record<string, unknown>) => { row: SoftwareRow; id: Text } | undefined;
  readOs: (element: Record<string, unknown>) => Bill['os'];
  /** An element as what a bill may be about, where relations tell which one it is. */
  readSubject?: (element: Record<string, unknown>) => Subject;
  /** The id of the element that a relation says the document is about. */
  describedBy?: (relation: Record<string, unknown>) => string | undefined;
};
