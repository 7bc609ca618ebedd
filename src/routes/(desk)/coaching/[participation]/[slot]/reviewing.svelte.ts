import { tick } from 'svelte';
import type { Draft } from '$lib/client/draft.svelte';
import { NOTICE, placeOfPath, placeOfRefusal } from '$lib/client/place-of-refusal';
import { needsMoment, type ReadingDraft } from '$lib/client/reading-draft.svelte';
import type { PlayerAct } from '$lib/client/player-keys';
import { LEVELS, type LevelMark } from '$lib/domain/coaching/level';
import type { Criterion, RubricLanguage } from '$lib/domain/coaching/rubric';
import { levelWord, refusalWords } from '$lib/i18n/coaching-words';
import { m } from '$lib/i18n/paraglide/messages';
import type { WireOutcome } from '$lib/operations/coaching-persisted';

/** What the keys move: the player of a recording, or a clock where there is none. */
export interface Clock {
  readonly momentMs: number;
  toggle(): void;
  step(byMs: number): void;
  faster?(by: 1 | -1): void;
}
/** A draft as a hand-in tells it: what the one who hands in has seen. */
export interface Seen {
  draft: string;
  rev: number;
}
interface Parts {
  reading: ReadingDraft;
  goal: Draft | null;
  clock: Clock;
  criteria: readonly Criterion[];
  language: RubricLanguage;
  lengthMs: number;
  /** Throws when the server cannot be asked. */
  send: (seen: Seen[]) => Promise<WireOutcome>;
}

/** A review under way: where the keyboard is, what handing in met, and where one is taken to mend it. */
export class Reviewing {
  /** The criterion that the focus is in; the first without a level when it is elsewhere. */
  focused: string | null = $state(null);
  wrong: { at: string; words: string } | null = $state(null);
  /** Said to those who listen: what a key did, and what is next. */
  told: string = $state('');
  busy: boolean = $state(false);
  readonly open: string | null = $derived.by(() => this.focused ?? this.#next(null));
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** A key's meaning, done: false when it meant nothing here. */
  act(act: PlayerAct): boolean {
    const { clock } = this.#parts;
    switch (act.kind) {
      case 'toggle':
        clock.toggle();
        return true;
      case 'step':
        clock.step(act.byMs);
        return true;
      case 'speed':
        clock.faster?.(act.by);
        return clock.faster !== undefined;
      case 'mark':
        void this.mark();
        return true;
      case 'digit':
        return this.#digit(act.digit);
      case 'not-applicable':
        return strengthInFocus() === null && this.#level('not-applicable');
      default:
        return false;
    }
  }

  /** A strength here, and the focus in its criteria: a digit, and one writes. */
  async mark(): Promise<void> {
    const { reading, clock, lengthMs } = this.#parts;
    if (!reading.mayWrite) return;
    const id = reading.mark(Math.min(clock.momentMs, lengthMs));
    this.told = m.review_marked();
    await this.#focus(`strength-${id}-criterion`);
  }

  async chooseCriterion(strength: string, criterion: string): Promise<void> {
    const { reading, criteria, language } = this.#parts;
    reading.choose(strength, criterion);
    this.told = criteria.find(({ id }) => id === criterion)?.name[language] ?? '';
    this.#mended(`strength-${strength}-criterion`);
    await this.#focus(`strength-${strength}-text`);
  }

  /** A level for a criterion; the focus stays when it was chosen with arrows or a pointer. */
  setLevel(criterion: string, mark: LevelMark): void {
    this.#parts.reading.setLevel(criterion, mark);
    this.#mended(`level-${criterion}-`);
  }

  /** Where a level is heard, by its button, which then has nothing more to do: on to the next criterion. */
  async placeLevel(criterion: string): Promise<void> {
    const { reading, clock, lengthMs } = this.#parts;
    reading.placeLevel(criterion, Math.min(clock.momentMs, lengthMs));
    this.#mended(`level-${criterion}-`);
    const next = this.#next(criterion);
    this.focused = next ?? criterion;
    await this.#focus(next ? `level-${next}-1` : `level-${criterion}-${reading.levels[criterion]?.mark}`);
  }

  async handIn(): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.wrong = null;
    try {
      const { reading, goal, send } = this.#parts;
      for (const draft of goal ? [reading.draft, goal] : [reading.draft]) {
        const hindrance = await draft.ready();
        if (hindrance === null) continue;
        if (hindrance.why === 'identity-number')
          return await this.#refuse(placeOfPath(hindrance.found[0]?.path ?? ''), refusalWords('identity-number'));
        const words = hindrance.why === 'conflicts' ? m.coaching_conflict() : m.review_not_saved();
        return await this.#refuse(
          hindrance.why === 'conflicts' ? placeOfPath(draft.conflicts[0]?.path ?? '') : NOTICE,
          words
        );
      }
      const seen = [reading.draft, ...(goal ? [goal] : [])].map(({ subject, rev }) => ({ draft: subject, rev }));
      const outcome = await send(seen);
      if (outcome.refusal === null) return true;
      const { criteria, lengthMs } = this.#parts;
      const form = { strengths: reading.strengths, levels: reading.levels, criteria, lengthMs };
      return await this.#refuse(placeOfRefusal(outcome, form), refusalWords(outcome.refusal, outcome));
    } catch {
      return await this.#refuse(NOTICE, m.review_no_answer());
    } finally {
      this.busy = false;
    }
  }

  #digit(digit: number): boolean {
    const strength = strengthInFocus();
    if (strength === null) {
      const level = LEVELS.find((each) => each === digit);
      return level !== undefined && this.#level(level);
    }
    const criterion = this.#parts.criteria[digit - 1];
    if (criterion) void this.chooseCriterion(strength, criterion.id);
    return criterion !== undefined;
  }

  /** By a key: then the next one without a level is at hand, or the moment that this level needs. */
  #level(mark: LevelMark): boolean {
    const { reading, criteria, language } = this.#parts;
    const criterion = criteria.find(({ id }) => id === this.open);
    if (!criterion || !reading.mayWrite) return false;
    this.setLevel(criterion.id, mark);
    const said = { criterion: criterion.name[language], level: levelWord(mark) };
    if (needsMoment(mark) && reading.levels[criterion.id]?.momentMs == null) {
      this.told = m.review_level_needs_moment(said);
      void this.#focus(`level-${criterion.id}-moment`);
      return true;
    }
    const next = criteria.find(({ id }) => id === this.#next(criterion.id));
    this.told = next ? m.review_level_next({ ...said, next: next.name[language] }) : m.review_level_last(said);
    // At once, and not when the focus has come there: the next digit may be on its way.
    this.focused = next?.id ?? criterion.id;
    void this.#focus(next ? `level-${next.id}-1` : `level-${criterion.id}-${mark}`);
    return true;
  }

  /** The next criterion without a level after this one, round to the first. */
  #next(after: string | null): string | null {
    const { criteria, reading } = this.#parts;
    const at = criteria.findIndex(({ id }) => id === after) + 1;
    return [...criteria.slice(at), ...criteria.slice(0, at)].find(({ id }) => !reading.levels[id])?.id ?? null;
  }

  #mended(place: string): void {
    if (this.wrong?.at.startsWith(place)) this.wrong = null;
  }
  async #refuse(at: string, words: string): Promise<false> {
    this.wrong = { at, words };
    await this.#focus(at);
    return false;
  }
  async #focus(id: string): Promise<void> {
    await tick();
    const element = document.getElementById(id) ?? document.getElementById(NOTICE);
    element?.focus();
  }
}

const strengthInFocus = (): string | null =>
  document.activeElement?.closest<HTMLElement>('[data-strength]')?.dataset.strength ?? null;
