import type { Actor, DraftOf } from '../../domain/coaching/commands.ts';
import { decide } from '../../domain/coaching/decide.ts';
import { type DraftFields, documentOf, documentRev } from '../../domain/coaching/draft.ts';
import type { Participation } from '../../domain/coaching/participation.ts';
import type { DraftAuthority } from '../graphql/coaching/draft-port.ts';
import type { Tables } from '../store/tables.ts';
import type { Kysely } from 'kysely';
import type { CoachingHouse } from './house.ts';
import { lockedUntil } from './people.ts';
import { domainFrame, ownFrame } from './round-frames.ts';

/** What a draft is of, as one word: `reading/<slot>`, or `reflection`, `goal` or `last-word` of a participation. */
export const subjectOf = (draft: DraftOf, participation: string): string =>
  draft.of === 'reading' ? `reading/${draft.slot}` : `${draft.of}/${participation}`;

interface Subject {
  draft: DraftOf;
  participation: string;
}
async function subject({ participations }: CoachingHouse, text: string): Promise<Subject | null> {
  const [of, id, more] = text.split('/');
  if (!id || more !== undefined) return null;
  if (of === 'reflection' || of === 'goal' || of === 'last-word') return { draft: { of }, participation: id };
  if (of !== 'reading') return null;
  const participation = await participations.ofSlot(id);
  return participation === null ? null : { draft: { of, slot: id }, participation };
}

/** Whether this one may write there now, by the rule of the domain. */
export function mayWriteNow(state: Participation, draft: DraftOf, actor: Actor, around: Parameters<typeof decide>[2]) {
  const decision = decide(state, { kind: 'saveDraft', draft }, { ...around, actor });
  return 'refusal' in decision ? decision.refusal.code : null;
}

/** Drafts ask it before every look and every saving: a coach may be another's coach a second later. */
export function draftAuthority(house: CoachingHouse): DraftAuthority {
  return {
    async mayWrite(personId, text) {
      const found = await subject(house, text);
      const state = found && (await house.participations.loadFor(personId, found.participation));
      const frame = state && (await ownFrame(house.db, state.id));
      if (!found || !state || !frame) return { may: false, refusal: 'not-found' };
      const now = house.now();
      if ((await lockedUntil(house.db, personId, now)) !== null) return { may: false, refusal: 'locked' };
      const actor: Actor = { kind: 'person', person: personId, roles: [] };
      const refusal = mayWriteNow(state, found.draft, actor, bareCircumstances(actor, now, domainFrame(frame)));
      return refusal === null ? { may: true, textKey: state.id } : { may: false, refusal };
    }
  };
}

/** Nothing looked up: enough for rules that ask only who and where. */
export const bareCircumstances = (
  actor: Actor,
  now: number,
  round: Parameters<typeof decide>[2]['round']
): Parameters<typeof decide>[2] => ({
  actor,
  now,
  round,
  drawn: [],
  redraw: null,
  choice: null,
  draftRevs: null,
  goalDraft: null,
  lineOfAgent: null
});

/** A draft as the server holds it, for a hand-in. */
export interface HeldDraft {
  subject: string;
  rev: number;
  document: ReadonlyMap<string, string>;
}
export async function heldDraft(
  { drafts }: CoachingHouse,
  db: Kysely<Tables>,
  owner: { personId: string; participation: string },
  draft: DraftOf
): Promise<HeldDraft> {
  const about = subjectOf(draft, owner.participation);
  const fields: DraftFields = await drafts.fields(db, {
    personId: owner.personId,
    subject: about,
    textKey: owner.participation
  });
  return { subject: about, rev: documentRev(fields.values()), document: documentOf(fields) };
}

/** Drafts by what they are of, and how far each has come: what the one who hands in must have seen. */
export const revsOf = (drafts: readonly { subject: string; rev: number }[]): string =>
  drafts
    .filter(({ rev }) => rev > 0)
    .map(({ subject: about, rev }) => `${about} ${rev}`)
    .sort()
    .join('\n');
