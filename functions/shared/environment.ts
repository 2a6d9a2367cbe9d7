/** Every variable a function may ask for, and its least length. The CDK app and the local stack set exactly those that a function's settings name. */
const variables = {
  TABLE_NAME: 1,
  UPLOADS_BUCKET: 1,
  DATA_BUCKET: 1,
  CHUNK_QUEUE_URL: 1,
  BUS_NAME: 1,
  CURSOR_SECRET: 16,
  /** Whose uploads lie under `discovery/` in the uploads bucket. */
  HOME_TENANT: 1,
  /** Where the uploads lie that the consumers of uploads gave up: `<function>=<ARN of its queue>` for each, separated by spaces. */
  DEAD_UPLOAD_QUEUES: 1,
};

export type VariableName = keyof typeof variables;

/**
 * One function's settings, in its `environment.ts`: what it is called, what it may touch, what it needs to know.
 * `access` becomes the function's own role; nothing else is granted.
 */
export type FunctionSettings<Name extends VariableName = VariableName> = {
  name: string;
  purpose: string;
  variables: readonly Name[];
  access: {
    table?: 'read' | 'readWrite';
    /** `plan`: also to call for another planner; `calls`: to read such calls; `post`: to put uploads, and nothing else. */
    uploads?: 'read' | 'plan' | 'calls' | 'post';
    data?: 'read' | 'readWrite';
    chunkQueue?: 'send';
    bus?: 'put';
  };
  memoryMb?: number;
  timeoutSeconds?: number;
};

export const defineFunction = <const Name extends VariableName>(
  settings: FunctionSettings<Name>,
): FunctionSettings<Name> => settings;

/** Reads the variables that the settings name. Throws at start, naming what is missing or too short. Called in entry points only. */
export const readEnvironment = <Name extends VariableName>(settings: FunctionSettings<Name>): Record<Name, string> => {
  const read = settings.variables.map((name) => [name, process.env[name] ?? ''] as const);
  const wrong = read.filter(([name, value]) => value.length < variables[name]).map(([name]) => name);
  if (wrong.length === 0) return Object.fromEntries(read) as Record<Name, string>;
  throw new Error(`${settings.name}: missing or too short in the environment: ${wrong.join(', ')}`);
};
