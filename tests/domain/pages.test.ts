import { globSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Role } from '../../src/lib/domain/access.ts';
import { LINKS, mayOpen, pageOf, PAGES } from '../../src/lib/domain/pages.ts';

/** Every route that the file system has: a page, or a door that answers by itself. */
const routes = globSync('src/routes/**/+{page.svelte,page.ts,server.ts}')
  .map((file) => pageOf(file.replace(/^src\/routes/, '').replace(/\/\+[^/]+$/, '') || '/'))
  .filter((route, place, all) => all.indexOf(route) === place)
  .sort();

const person = (...roles: Role[]) => ({ kind: 'person', roles });
/** A stranger, a Person without a role, Agent, Coach, Leader, Method lead, aDministrator, Integrator, Screen. */
const ASKERS: Record<string, { kind: string; roles: readonly Role[] } | null> = {
  '0': null,
  P: person(),
  A: person('agent'),
  C: person('coach'),
  L: person('leader'),
  M: person('method-lead'),
  D: person('administrator'),
  I: { kind: 'integrator', roles: ['integrator'] },
  S: { kind: 'screen', roles: ['screen'] }
};
const ALL = '0PACLMDIS';
const SIGNED_IN = 'PACLMDIS';
const PEOPLE = 'PACLMD';

/** Who may open what, once more and by hand: a change of it is always made twice. */
const MAY: Record<string, string> = {
  '/': SIGNED_IN,
  '/accessibility': PEOPLE,
  '/account': PEOPLE,
  '/agents': 'D',
  '/announcements': 'L',
  '/audit': 'D',
  '/board/[board]': SIGNED_IN,
  '/boards': 'LD',
  '/boards/[board]': 'LD',
  '/coaching': 'C',
  '/coaching/[participation]/[slot]': 'C',
  '/first-start': ALL,
  '/first-steps': 'D',
  '/graphql': ALL,
  '/help': PEOPLE,
  '/insight': 'ACLMD',
  '/invitation': ALL,
  '/livez': ALL,
  '/login': ALL,
  '/login/directory': ALL,
  '/login/directory/callback': ALL,
  '/logout': ALL,
  '/me': 'A',
  '/me/calls': 'A',
  '/me/pdf': 'A',
  '/me/reflection': 'A',
  '/metrics': ALL,
  '/pbx': 'D',
  '/people': 'D',
  '/people/[person]': 'D',
  '/people/import': 'D',
  '/queues': 'D',
  '/readyz': ALL,
  '/recordings': 'D',
  '/retention': PEOPLE,
  '/rounds': 'LM',
  '/rounds/[round]': 'M',
  '/rubric': 'ACLM',
  '/screens': 'D',
  '/shell': ALL,
  '/slots/[slot]/peaks': 'AC',
  '/slots/[slot]/sound': 'AC',
  '/strip': 'A',
  '/talk/[participation]': 'AC',
  '/team': 'L',
  '/tokens': 'D',
  '/tv': ALL,
  '/tv/lite': ALL,
  '/tv/pairing': ALL,
  '/units': 'D'
};

describe('every route', () => {
  test('that the file system has is in the table of pages, and in the table of this walk', () => {
    expect(routes.length).toBeGreaterThan(20);
    expect(Object.keys(PAGES).sort()).toEqual(routes);
    expect(Object.keys(MAY).sort()).toEqual(routes);
  });

  test.each(routes)('%s opens for those whom the table names, and for nobody else', (route) => {
    const letters = Object.entries(ASKERS).filter(([, who]) => mayOpen(route, who));
    expect(letters.map(([letter]) => letter).join('')).toBe(MAY[route]);
  });

  test('that nobody has named is for nobody', () => {
    for (const who of Object.values(ASKERS)) expect(mayOpen('/nowhere', who)).toBe(false);
  });

  test('that the bar links to is there', () => {
    for (const { route } of LINKS) expect(routes).toContain(route);
  });
});

test('the name of a group is no part of a page', () => {
  expect(pageOf('/(desk)/people/[person]')).toBe('/people/[person]');
  expect(pageOf('/(desk)')).toBe('/');
});
