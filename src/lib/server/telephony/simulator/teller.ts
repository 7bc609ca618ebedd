import type { CallEvent, Told } from '../../../domain/telephony/event.ts';
import type { Agenda } from './agenda.ts';

/** Says what happens in the words of a PBX, with keys that are the same whenever the same day is made again. */
export interface Teller {
  readonly told: Told[];
  tell(event: CallEvent): void;
  /** A name that nothing else of this day has, such as `L20261124-c17`. */
  newName(kind: string): string;
}

export function teller(plan: string, agenda: Agenda): Teller {
  const told: Told[] = [];
  let names = 0;
  return {
    told,
    tell(event) {
      // The city saw it when it happened, also when we are told only after a pause of our own.
      const at = agenda.now;
      told.push({ at, seenAt: at, key: `${plan}/${told.length + 1}`, lane: 'live', quality: 'exact', event });
    },
    newName: (kind) => `${plan}-${kind}${++names}`
  };
}
