import * as z from 'zod';

/** Every variable a function may ask for. The CDK app and the local stack set exactly those that a function's settings name. */
const variables = {
  TABLE_NAME: z.string(),
  UPLOADS_BUCKET: z.string(),
  DATA_BUCKET: z.string(),
  CHUNK_QUEUE_URL: z.string(),
  BUS_NAME: z.string(),
  CURSOR_SECRET: z.string().min(16),
  /** Whose uploads lie under `discovery/` in the uploads bucket. */
  HOME_TENANT: z.string(),
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
    uploads?: 'read' | 'post';
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

/** Reads the variables that the settings name. Throws at start, naming what is missing. Called in entry points only. */
export const readEnvironment = <Name extends VariableName>(settings: FunctionSettings<Name>): Record<Name, string> => {
  const shape = Object.fromEntries(settings.variables.map((name) => [name, variables[name]]));
  const parsed = z.object(shape).safeParse(process.env);
  if (parsed.success) return parsed.data as Record<Name, string>;
  throw new Error(`${settings.name}: environment is wrong: ${z.prettifyError(parsed.error)}`);
};
