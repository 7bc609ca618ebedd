import { m } from '$lib/i18n/paraglide/messages';

type Refusal =
  'PROVE' | 'EMAIL' | 'TAKEN' | 'NAME' | 'ROLE_CONFLICT' | 'UNKNOWN' | 'UNKNOWN_UNIT' | 'OWN' | 'DIRECTORY';
const REFUSALS: Record<Refusal, () => string> = {
  PROVE: m.prove_explained,
  EMAIL: m.people_refused_email,
  TAKEN: m.people_refused_taken,
  NAME: m.people_refused_name,
  ROLE_CONFLICT: m.people_refused_role_conflict,
  UNKNOWN: m.people_refused_unknown,
  UNKNOWN_UNIT: m.people_refused_unknown_unit,
  OWN: m.people_refused_own,
  DIRECTORY: m.people_refused_directory
};
/** Why nothing was changed. */
export const refusalWords = (refusal: Refusal): string => REFUSALS[refusal]();

/** How somebody signs in, or that they may not. */
export function signInState(person: { disabled: boolean; signsInBy: string }): string {
  if (person.disabled) return m.people_disabled();
  if (person.signsInBy === 'PASSWORD') return m.people_by_password();
  if (person.signsInBy === 'DIRECTORY') return m.people_by_directory();
  return person.signsInBy === 'INVITED' ? m.people_invited() : m.people_not_invited();
}
