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
  '/accessibility': 'person',
  '/account': 'person',
  '/agents': ['administrator'],
  '/announcements': ['leader'],
  '/audit': ['administrator'],
  '/board/[board]': 'signed-in',
  '/boards': ['leader', 'administrator'],
  '/boards/[board]': ['leader', 'administrator'],
  '/coaching': ['coach'],
  '/coaching/[participation]/[slot]': ['coach'],
  '/first-start': 'anyone',
  '/first-steps': ['administrator'],
  '/graphql': 'anyone',
  '/help': 'person',
  '/insight': ['agent', 'coach', 'leader', 'method-lead', 'administrator'],
  '/invitation': 'anyone',
  '/livez': 'anyone',
  '/login': 'anyone',
  '/login/directory': 'anyone',
  '/login/directory/callback': 'anyone',
  '/logout': 'anyone',
  '/me': ['agent'],
  '/me/calls': ['agent'],
  '/me/pdf': ['agent'],
  '/me/reflection': ['agent'],
  '/metrics': 'anyone',
  '/pbx': ['administrator'],
  '/people': ['administrator'],
  '/people/[person]': ['administrator'],
  '/people/import': ['administrator'],
  '/queues': ['administrator'],
  '/readyz': 'anyone',
  '/recordings': ['administrator'],
  '/retention': 'person',
  '/rounds': ['leader', 'method-lead'],
  '/rounds/[round]': ['method-lead'],
  '/rubric': ['agent', 'coach', 'leader', 'method-lead'],
  '/screens': ['administrator'],
  '/shell': 'anyone',
  '/slots/[slot]/peaks': ['agent', 'coach'],
  '/slots/[slot]/sound': ['agent', 'coach'],
  '/strip': ['agent'],
  '/talk/[participation]': ['coach', 'agent'],
  '/team': ['leader'],
  '/tokens': ['administrator'],
  '/tv': 'anyone',
  '/tv/lite': 'anyone',
  '/tv/pairing': 'anyone',
  '/units': ['administrator']
};

/**
 * The links of the bar over every desk page, in their order. A page's own rights decide who sees it, and with `when` also
 * whether there is anything to see.
 */
export const LINKS = [
  { page: 'first-steps', path: '/first-steps', route: '/first-steps', when: 'firstSteps' },
  { page: 'board', path: '/board/all', route: '/board/[board]' },
  { page: 'me', path: '/me', route: '/me' },
  { page: 'team', path: '/team', route: '/team', when: 'namesByState' },
  { page: 'announcements', path: '/announcements', route: '/announcements' },
  { page: 'coaching', path: '/coaching', route: '/coaching' },
  { page: 'rounds', path: '/rounds', route: '/rounds' },
  { page: 'rubric', path: '/rubric', route: '/rubric' },
  { page: 'agents', path: '/agents', route: '/agents' },
  { page: 'boards', path: '/boards', route: '/boards' },
  { page: 'queues', path: '/queues', route: '/queues' },
  { page: 'units', path: '/units', route: '/units' },
  { page: 'recordings', path: '/recordings', route: '/recordings' },
  { page: 'screens', path: '/screens', route: '/screens' },
  { page: 'people', path: '/people', route: '/people' },
  { page: 'audit', path: '/audit', route: '/audit' },
  { page: 'pbx', path: '/pbx', route: '/pbx' },
  { page: 'tokens', path: '/tokens', route: '/tokens' },
  { page: 'account', path: '/account', route: '/account' }
] as const;
/** At the foot of every desk page: what one seldom looks for, and must be able to find. */
export const FOOT_LINKS = [
  { page: 'help', path: '/help', route: '/help' },
  { page: 'insight', path: '/insight', route: '/insight' },
  { page: 'retention', path: '/retention', route: '/retention' },
  { page: 'accessibility', path: '/accessibility', route: '/accessibility' }
] as const;
export type LinkedPage = (typeof LINKS | typeof FOOT_LINKS)[number]['page'];

/** `/(desk)/people` is the page `/people`: groups are for us, not for those who visit. */
export const pageOf = (routeId: string): string => routeId.replaceAll(/\/\([^)]*\)/g, '') || '/';

/** Where somebody begins: who answers with their own strip, everybody else with the board of the whole centre. */
export const ownPage = (roles: readonly Role[]): string =>
  roles.includes('agent') && !roles.includes('leader') ? '/strip' : '/board/all';

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
