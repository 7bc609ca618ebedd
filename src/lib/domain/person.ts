/** What holds for people and their roles, whoever sets them: the page, a file, the command line or a directory. */
import { PERSON_ROLES, type Role } from './access.ts';

export type PersonRole = (typeof PERSON_ROLES)[number];
export const isPersonRole = (role: string): role is PersonRole => PERSON_ROLES.includes(role as PersonRole);

/** Whoever looks after accounts must not be able to make themselves a reader of reviews. */
export function roleConflict(roles: readonly Role[]): boolean {
  return roles.includes('administrator') && (roles.includes('coach') || roles.includes('method-lead'));
}

export const plainEmail = (email: string): string => email.trim().toLowerCase();
export const looksLikeEmail = (email: string): boolean => /^[^\s@]+@[^\s@]+$/.test(plainEmail(email));

export const PASSWORD_LENGTH = 12;
/** Letters as people count them. Longer than any phrase, and short enough to hash at once. */
export const PASSWORD_LENGTH_MOST = 200;
export const passwordFits = (password: string): boolean =>
  [...password].length >= PASSWORD_LENGTH && [...password].length <= PASSWORD_LENGTH_MOST;

export const NAME_LENGTH_MOST = 80;

const collator = new Intl.Collator('sv');
const surname = (name: string): string => name.trim().split(/\s+/).at(-1) ?? '';
/** The one order of people there is: by surname, then by the whole name, in Swedish. */
export const byName = (one: { name: string }, other: { name: string }): number =>
  collator.compare(surname(one.name), surname(other.name)) || collator.compare(one.name, other.name);

/** What somebody is called by whoever sits beside them. */
export const firstName = (name: string): string => name.split(' ')[0] ?? name;
