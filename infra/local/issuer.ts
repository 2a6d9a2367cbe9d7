import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { exportJWK, generateKeyPair, importJWK, type JWK, jwtVerify, SignJWT } from 'jose';
import type { Role } from '../../domain/access/permissions.ts';

export const homeTenant = 'skyways';

/** What the JWT authorizer would be configured with. */
export const issuerUrl = 'https://issuer.hangar.local';
export const audience = 'hangar';

const algorithm = 'RS256';

export type Issuer = {
  /** A token of 12 hours for an invented person with this role. */
  tokenFor: (role: Role, tenant?: string) => Promise<string>;
  /** The claims of a good token as the gateway hands them over: all text, lists as `[a b]`. Any other token: nothing. */
  verify: (authorization: string | undefined) => Promise<Record<string, string> | undefined>;
};

/** A local stand-in for the OIDC issuer and for the gateway's JWT authorizer. Its key lives and stays in the data folder. */
export const openIssuer = async (file: string): Promise<Issuer> => {
  if (!existsSync(file)) {
    const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
    writeFileSync(file, JSON.stringify(await exportJWK(privateKey)), { mode: 0o600 });
  }
  const privateJwk = JSON.parse(readFileSync(file, 'utf8')) as JWK & { n: string; e: string };
  const privateKey = await importJWK(privateJwk, algorithm);
  const publicKey = await importJWK({ kty: 'RSA', n: privateJwk.n, e: privateJwk.e }, algorithm);

  return {
    tokenFor: (role, tenant = homeTenant) =>
      new SignJWT({ tenant, roles: [role] })
        .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
        .setSubject(`local-${role}`)
        .setIssuer(issuerUrl)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime('12h')
        .sign(privateKey),
    verify: async (authorization) => {
      const token = authorization?.replace(/^bearer\s+/i, '').trim();
      if (token === undefined || token === '') return undefined;
      try {
        const options = { issuer: issuerUrl, audience, algorithms: [algorithm], requiredClaims: ['exp'] };
        const { payload } = await jwtVerify(token, publicKey, options);
        return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, claimText(value)]));
      } catch {
        return undefined;
      }
    },
  };
};

const claimText = (value: unknown): string => (Array.isArray(value) ? `[${value.join(' ')}]` : String(value));
