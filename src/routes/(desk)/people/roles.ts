import type { Role } from '$lib/domain/access';
import { roleName } from '$lib/i18n/role-name';

export type WireRole = 'AGENT' | 'COACH' | 'LEADER' | 'METHOD_LEAD' | 'ADMINISTRATOR';
const ROLES: readonly { value: WireRole; role: Role }[] = [
  { value: 'AGENT', role: 'agent' },
  { value: 'COACH', role: 'coach' },
  { value: 'LEADER', role: 'leader' },
  { value: 'METHOD_LEAD', role: 'method-lead' },
  { value: 'ADMINISTRATOR', role: 'administrator' }
];
/** The roles a person can be given, as choices. */
export const roleChoices = () => ROLES.map(({ value, role }) => ({ value, name: roleName(role) }));
