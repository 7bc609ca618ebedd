import type { Role } from '../domain/access';
import { boardsQuery, type Answer } from '../operations/persisted';
import { ask } from './graphql';

/** Whoever uses the page. */
export interface Me {
  name: string;
  roles: readonly Role[];
  /** The ids of the boards that are their own. */
  boards: readonly string[];
  /** Whether they look after a centre that has first steps left. */
  firstSteps: boolean;
  /** Whether they may know who of their own units is free. */
  namesByState: boolean;
}
type WireRole = Answer<typeof boardsQuery>['viewer']['roles'][number];

/** Who one is, and the boards one may open. */
export async function readMe(fetch: typeof globalThis.fetch) {
  const { viewer, boards } = await ask(fetch, boardsQuery, {});
  const me: Me = { ...viewer, name: viewer.name ?? '', roles: viewer.roles.map(roleOf) };
  // Somebody without a role may open no board, and has the zone of most.
  const { timeZone, demo } = boards[0] ?? { timeZone: 'Europe/Stockholm', demo: false };
  return { me, boards, timeZone, demo };
}

/** The API's word for a role, in the domain's. */
export const roleOf = (wire: WireRole): Role => wire.toLowerCase().replace('_', '-') as Role;
