import { isLoopback, type Environment, type Refuse } from './config-refused.ts';

/** Where the organisation's people sign in, and as whom we ask. `name` stands on the button. */
export interface DirectoryAddress {
  issuer: string;
  clientId: string;
  clientSecret: string;
  name: string;
}

const DIRECTORY_VARIABLES = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_NAME'];

/** All of it or nothing: half a directory would be a button that leads nowhere, or people who cannot come in. */
export function readDirectory(
  env: Environment,
  text: (name: string) => string | null,
  secret: (name: string) => string | null,
  refuse: Refuse
): DirectoryAddress | null {
  const set = Object.keys(env).filter((name) => name.startsWith('OIDC_') && text(name));
  for (const name of set.filter((name) => !DIRECTORY_VARIABLES.includes(name.replace(/_FILE$/, ''))))
    refuse(name, 'there is no such setting.', `Use ${DIRECTORY_VARIABLES.join(', ')}.`);
  if (set.length === 0) return null;
  const [issuer, clientId, clientSecret] = [text('OIDC_ISSUER'), text('OIDC_CLIENT_ID'), secret('OIDC_CLIENT_SECRET')];
  const needed = { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret };
  for (const [name, value] of Object.entries(needed))
    if (value === null)
      refuse(
        name,
        `it is missing, and ${set.join(', ')} ${set.length === 1 ? 'is' : 'are'} set.`,
        `Set ${name} as the directory gave it, or unset all of OIDC_*.`,
        'People would be sent to a sign-in that cannot bring them back, so Stämgaffeln does not start.'
      );
  const url = issuer !== null && URL.canParse(issuer) ? new URL(issuer) : null;
  if (issuer !== null && (url === null || !['https:', 'http:'].includes(url.protocol)))
    refuse(
      'OIDC_ISSUER',
      `"${issuer}" is not an address.`,
      'Write it as https://login.microsoftonline.com/<tenant>/v2.0.'
    );
  if (url?.protocol === 'http:' && !isLoopback(url.hostname))
    refuse('OIDC_ISSUER', `${url.origin} is not https.`, 'Use the https address of the directory.');
  if (url && /^\/(common|organizations|consumers)(\/|$)/.test(url.pathname))
    refuse(
      'OIDC_ISSUER',
      'it is the address for every organisation there is.',
      'Write the id of your own tenant in its place.',
      'Anybody with an account anywhere could come in, so Stämgaffeln does not start.'
    );
  if (issuer === null || clientId === null || clientSecret === null) return null;
  return { issuer, clientId, clientSecret, name: text('OIDC_NAME') ?? 'Microsoft' };
}
