import { stripTypeScriptTypes } from 'node:module';

// biome-ignore lint/style/noDefaultExport: jest takes a transformer as the default export only
export default { process: (source) => ({ code: stripTypeScriptTypes(source) }) };
