import { ask, Refusal } from '$lib/client/graphql';
import { refusalWords } from '$lib/i18n/coaching-words';
import { m } from '$lib/i18n/paraglide/messages';
import { getLocale } from '$lib/i18n/paraglide/runtime';
import type { WireRoundOutcome } from '$lib/operations/coaching-persisted';
import type { Persisted } from '$lib/operations/persisted';

/** Why it was not done, what to do instead, and whom it is about. Null when it was done. */
export function outcomeWords({ refusal, most, names }: WireRoundOutcome): string | null {
  if (refusal === null) return null;
  const why = refusalWords(refusal, { most });
  if (names.length === 0) return why;
  return `${why} ${m.rounds_about({ names: new Intl.ListFormat(getLocale()).format(names) })}`;
}

/** Asks for one thing to be done. The answer is why not, in words; null when it was. */
export async function done<Result, Variables>(
  operation: Persisted<Result, Variables>,
  variables: Variables,
  outcomeOf: (result: Result) => WireRoundOutcome
): Promise<string | null> {
  try {
    return outcomeWords(outcomeOf(await ask(fetch, operation, variables)));
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return m.account_failed();
  }
}
