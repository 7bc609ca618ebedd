import type { Role } from '../domain/access.ts';
import { m } from './paraglide/messages';

const NAMES: Record<Role, () => string> = {
  agent: m.role_agent,
  coach: m.role_coach,
  leader: m.role_leader,
  'method-lead': m.role_method_lead,
  administrator: m.role_administrator,
  integrator: m.role_integrator,
  screen: m.role_screen
};

/** What one is here, in the reader's language. */
export const roleName = (role: Role): string => NAMES[role]();
