import type { Subject } from './bill.ts';

const digest = /sha256:[\da-f]{64}/i;

/** The repository of an image reference, without tag and digest: `registry:5000/gate/web:1.2@sha256:...` is `registry:5000/gate/web`. */
export const imageSubject = (reference: string, more?: string): Subject | undefined => {
  const name = reference
    .trim()
    .replace(/@.*$/, '')
    .replace(/:[\w][\w.-]{0,127}$/, (tag, at: number, all: string) => (at > all.lastIndexOf('/') ? '' : tag));
  const [found] = digest.exec(reference) ?? digest.exec(more ?? '') ?? [];
  return name === '' || digest.test(name) || /^sha256$/i.test(name)
    ? undefined
    : { kind: 'image', name, digest: found?.toLowerCase() };
};

/** A path says nothing of the host on which it was found. */
export const isPath = (name: string): boolean => /^(?:[./~\\]|[a-z]:[\\/]|file:|dir:)/i.test(name) || name === '.';
