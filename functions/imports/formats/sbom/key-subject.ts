import type { Subject } from './bill.ts';
import { imageSubject } from './image-name.ts';

const segment = /^(host|image|app|application)=(.{1,300})$/i;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** What the path of the object says the bill is about: `discovery/sbom/host=web-01.skyways.example/bill.json`. The last one counts. */
export const subjectOfKey = (objectKey: string): Subject | undefined => {
  for (const part of objectKey.split('/').reverse()) {
    const [, kind = '', value = ''] = segment.exec(decoded(part)) ?? [];
    const name = value.trim();
    if (name === '') continue;
    if (kind.toLowerCase() === 'host') return { kind: 'host', name };
    if (kind.toLowerCase() === 'image') return imageSubject(name) ?? { kind: 'image', name, digest: undefined };
    return { kind: 'application', name, group: undefined, version: undefined, purl: undefined };
  }
  return undefined;
};
