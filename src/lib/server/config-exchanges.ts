import { resolve } from 'node:path';
import type { Refuse } from './config-refused.ts';

/** One telephone exchange. `name` is the source of its events for ever: another name would be another exchange. */
export interface Pbx {
  name: string;
  host: string;
  port: number;
  user: string;
  secret: string;
  /** The file that this exchange writes its queue_log to, when we can read it. */
  queueLog: string | null;
}

export function readPbxes(urls: string | null, queueLogs: string | null, refuse: Refuse): Pbx[] {
  const pbxes: Pbx[] = [];
  const remedy =
    'Write ami://user:secret@host:5038/name, several with commas between; percent-encode : / @ , in the secret.';
  for (const [index, part] of (urls?.split(',') ?? []).entries()) {
    const wrong = (cause: string) => refuse('ASTERISK_AMI_URL', `number ${index + 1}: ${cause}`, remedy);
    const url = URL.canParse(part.trim()) ? new URL(part.trim()) : null;
    const [user, password] = [decoded(url?.username), decoded(url?.password)];
    // The value itself is never shown: there is a secret in it.
    if (url === null || url.protocol !== 'ami:' || !url.hostname) wrong('it is not an ami:// address.');
    else if (!user || !password) wrong('user or secret is missing, or is not percent-encoded.');
    else if (!/^\/[A-Za-z0-9_-]{1,40}$/.test(url.pathname))
      wrong('the name of the exchange (letters, digits, - and _) is missing after the address.');
    else if (pbxes.some(({ name }) => name === url.pathname.slice(1)))
      wrong(`the name ${url.pathname.slice(1)} is taken by one before it.`);
    else {
      const [name, host] = [url.pathname.slice(1), url.hostname.replace(/^\[|\]$/g, '')];
      pbxes.push({ name, host, port: Number(url.port || 5038), user, secret: password, queueLog: null });
    }
  }
  if (queueLogs === null) return pbxes;
  const alone = pbxes.length === 1 && !queueLogs.includes('=') ? pbxes[0] : undefined;
  if (alone) return [{ ...alone, queueLog: resolve(queueLogs) }];
  for (const part of queueLogs.split(',')) {
    const [name, file] = [part.slice(0, part.indexOf('=')).trim(), part.slice(part.indexOf('=') + 1).trim()];
    const pbx = pbxes.find((candidate) => candidate.name === name);
    if (pbx && file) pbx.queueLog = resolve(file);
    else refuse('ASTERISK_QUEUE_LOG', 'it belongs to no exchange of ASTERISK_AMI_URL.', 'Write name=/path,name=/path.');
  }
  return pbxes;
}

function decoded(part: string | undefined): string | null {
  try {
    return part ? decodeURIComponent(part) : null;
  } catch {
    return null;
  }
}
