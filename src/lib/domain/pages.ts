/**
 * Every page and door there is, and who may open it: deny by default. A route that is not named here is answered as if
 * it were not there. What a page shows is guarded once more where it is read; this only spares people dead ends.
 */
import type { Role } from './access.ts';

/** `anyone`: strangers too. `signed-in`: whoever was let in. `person`: whoever has an account, also without a role. */
export type OpenTo = 'anyone' | 'signed-in' | 'person' | readonly Role[];

/** By SvelteKit's route id, without the names of groups. */
export const PAGES: Readonly<Record<string, OpenTo>> = {
  '/': 'signed-in',
  '/account': 'person',
  '/agents': ['administrator'],
  '/announcements': ['leader'],
  '/board/[board]': 'signed-in',
  '/audit': ['administrator'],
  '/graphql': 'anyone',
  '/invitation': 'anyone',
  '/livez': 'anyone',
  '/login': 'anyone',
  '/logout': 'anyone',
  '/metrics': 'anyone',
  '/people': ['administrator'],
  '/people/[person]': ['administrator'],
  '/people/import': ['administrator'],
  '/readyz': 'anyone',
  '/screens': ['administrator'],
  '/shell': 'anyone',
  '/tv': 'anyone',
  '/tv/lite': 'anyone',
  '/tv/pairing': 'anyone'
};

/** The links of the bar over every desk page, in their order. A page's own rights decide who sees it. */
export const LINKS = [
  { page: 'board', path: '/board/all', route: '/board/[board]' },
  { page: 'announcements', path: '/announcements', route: '/announcements' },
  { page: 'agents', path: '/agents', route: '/agents' },
  { page: 'screens', path: '/screens', route: '/screens' },
  { page: 'people', path: '/people', route: '/people' },
  { page: 'audit', path: '/audit', route: '/audit' },
  { page: 'account', path: '/account', route: '/account' }
] as const;
export type LinkedPage = (typeof LINKS)[number]['page'];

/** `/(desk)/people` is the page `/people`: groups are for us, not for those who visit. */
export const pageOf = (routeId: string): string => routeId.replaceAll(/\/\([^)]*\)/g, '') || '/';

/** Whether somebody of this kind and with these roles may open a page. `null` is a stranger. */
export function mayOpen(page: string, who: { kind: string; roles: readonly Role[] } | null): boolean {
  const open = PAGES[page];
  if (open === undefined) return false;
  if (open === 'anyone') return true;
  if (who === null) return false;
  if (open === 'signed-in') return true;
  if (open === 'person') return who.kind === 'person';
  return who.roles.some((role) => open.includes(role));
}
