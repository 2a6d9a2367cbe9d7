import type { Node } from 'constructs';
import * as z from 'zod';
import { TenantId } from '../domain/shared/id.ts';

const Stage = z.strictObject({
  /** Names the stacks and the event bus, so that several installations fit into one account. */
  name: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/),
  /** Whose uploads lie under `discovery/` in the uploads bucket. */
  homeTenant: TenantId,
  /** Any OIDC issuer instead of the installation's own user pool. */
  oidc: z.strictObject({ issuer: z.url({ protocol: /^https$/ }), audience: z.string().min(1) }).optional(),
});
export type Stage = z.infer<typeof Stage>;

/** Settings of an installation, from the CDK context: `-c name=... -c homeTenant=... -c issuer=... -c audience=...`. */
export const readStage = (node: Node): Stage => {
  const text = (key: string): unknown => node.tryGetContext(key);
  const [issuer, audience] = [text('issuer'), text('audience')];
  return Stage.parse({
    name: text('name') ?? 'hangar',
    homeTenant: text('homeTenant') ?? 'home',
    ...(issuer === undefined && audience === undefined ? {} : { oidc: { issuer, audience } }),
  });
};
