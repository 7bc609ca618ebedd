/** The few parts of the provider that the tests use: the package has no types of its own. */
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';
  export class Provider {
    constructor(issuer: string, configuration: ProviderConfiguration);
    callback(): RequestListener;
  }
  export interface ProviderConfiguration {
    clients: object[];
    conformIdTokenClaims: boolean;
    claims: Record<string, string[]>;
    findAccount(context: unknown, sub: string): { accountId: string; claims(): Record<string, unknown> };
    cookies: { keys: string[] };
  }
}
