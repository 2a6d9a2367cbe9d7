import type { Role } from '../../domain/access/permissions.ts';
import type { ApiFunction, Consumer } from '../application.ts';
import type { LoadHandler } from './lambda.ts';

export type LocalStackOptions = {
  /** Where data is kept; default `HANGAR_DATA` or `.hangar` in the project. Several starts may use it, one after the other. */
  dataDir?: string;
  /** Data in memory, gone at the end. */
  ephemeral?: boolean;
  /** Wanted ports; the next free one is taken if they are not free. Default: any. */
  port?: number;
  awsPort?: number;
  /** Silence about failed deliveries (tests that fail on purpose). */
  log?: 'quiet';
  /** Default: `infra/application.ts`, handlers from `functions/<name>/index.ts`. */
  apiFunctions?: readonly ApiFunction[];
  consumers?: readonly Consumer[];
  loadHandler?: LoadHandler;
};

export type LocalStack = {
  apiUrl: string;
  s3Endpoint: string;
  sqsEndpoint: string;
  tableEndpoint: string;
  uploadsBucket: string;
  dataBucket: string;
  dataDirectory: string;
  tokenFor: (role: Role, tenant?: string) => Promise<string>;
  /** Resolves when no upload, queue message or stream record is pending; throws after `limitMs` (60,000). */
  settle: (limitMs?: number) => Promise<void>;
  stop: () => Promise<void>;
};
