/**
 * The one decision table: which role may do what. Every path (single, bulk, import, PATCH) asks it the same way.
 * Adding a permission or a role touches this file only.
 */
export const roles = ['viewer', 'asset-manager', 'configuration-manager', 'approver', 'discovery', 'admin'] as const;
export type Role = (typeof roles)[number];

const everyone = ['viewer', 'asset-manager', 'configuration-manager', 'approver', 'admin'] as const;

export const permissions = {
  'asset:read': everyone,
  'asset:write': ['asset-manager', 'admin'],
  'asset:transition': ['asset-manager', 'admin'],
  'ci:read': everyone,
  'ci:write': ['configuration-manager', 'admin'],
  'relationship:write': ['configuration-manager', 'admin'],
  'binding:write': ['asset-manager', 'configuration-manager', 'admin'],
  /** A swap moves the assets' status too, so that it is for those who may do both. */
  'binding:swap': ['asset-manager', 'admin'],
  'baseline:read': everyone,
  'baseline:write': ['configuration-manager', 'admin'],
  'drift:read': everyone,
  'drift:decide': ['configuration-manager', 'admin'],
  'merge:read': everyone,
  /** What is owned and what is operated become one at once: whoever may decide on imports may say so. */
  'merge:write': ['asset-manager', 'configuration-manager', 'admin'],
  'reconciliation:read': everyone,
  'reconciliation:write': ['configuration-manager', 'admin'],
  'model:write': ['configuration-manager', 'admin'],
  'health:read': everyone,
  'health:write': ['configuration-manager', 'admin'],
  'import:read': [...everyone, 'discovery'],
  'import:upload': ['discovery', 'asset-manager', 'configuration-manager', 'admin'],
  'source:write': ['discovery', 'configuration-manager', 'admin'],
  'unknown:decide': ['asset-manager', 'configuration-manager', 'admin'],
  'import:decide': ['asset-manager', 'configuration-manager', 'admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

/** Who asks: one tenant's person or program, with the roles its token carries. */
export type Principal = { tenant: string; subject: string; roles: readonly Role[] };

/** May this principal do this? Deny by default. */
export const isAllowed = (principal: Principal, permission: Permission): boolean =>
  principal.roles.some((role) => (permissions[permission] as readonly Role[]).includes(role));
