import type { NewUpload } from './operations.ts';

/** The object key of an upload: the home tenant's under `discovery/`, any other's under its own prefix. `own` is unique to the request. */
export const uploadKeyOf = (tenant: string, homeTenant: string, own: string, upload: NewUpload): string => {
  const root = tenant === homeTenant ? '' : `tenants/${tenant}/`;
  return `${root}discovery/${upload.source}/${own}/${sanitise(upload.fileName)}`;
};

/** The last step of the name, with plain characters only: nothing that would have to be escaped or that leads elsewhere. */
const sanitise = (fileName: string): string => {
  const last = fileName.split(/[\\/]/).at(-1) ?? '';
  const plain = last.replaceAll(/[^\w.-]+/g, '-').replace(/^[.-]+/, '');
  return plain.slice(-100).replace(/^[.-]+/, '') || 'upload';
};
