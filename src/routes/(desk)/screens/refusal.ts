import { ROOM_LENGTH } from '$lib/domain/pairing';
import { m } from '$lib/i18n/paraglide/messages';
import type { approvePairingMutation, Persisted } from '$lib/operations/persisted';

type Answer<P> = P extends Persisted<infer Result, never> ? Result : never;
/** `PROVE` never comes here: whoever asks is asked for the password, and then asks again. */
export type WireRefusal = NonNullable<Answer<typeof approvePairingMutation>['approvePairing']['refusal']>;

const TEXTS: Record<WireRefusal, () => string> = {
  PROVE: m.screens_failed,
  UNKNOWN_CODE: m.screens_refused_unknown_code,
  TOO_MANY: m.screens_refused_too_many,
  OTHER_NETWORK: m.screens_refused_other_network,
  UNKNOWN_BOARD: m.screens_refused_unknown_board,
  ROOM: () => m.screens_refused_room({ most: ROOM_LENGTH }),
  WRONG_DIGITS: m.screens_refused_wrong_digits,
  LATE: m.screens_refused_late
};

/** Why a code or its digits were not taken, and what to do. */
export const refusalText = (refusal: WireRefusal): string => TEXTS[refusal]();
