import { writeFileSync } from 'node:fs';
import { eventSchemas } from './event-schemas.ts';

const file = new URL('../fixtures/event-schemas.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(eventSchemas(), null, 2)}\n`);
