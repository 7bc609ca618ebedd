import { deserialize } from '$app/forms';

/** How an attempt to sign in went, without leaving the page. `busy`: try again in a moment. */
export type SignInOutcome =
  { outcome: 'signed-in' | 'wrong' | 'busy' | 'network' } | { outcome: 'delayed'; seconds: number };

/** Sends the form of the sign-in page from here. `path` is where that page is, in the reader's language. */
export async function signIn(path: string, email: string, password: string): Promise<SignInOutcome> {
  let text: string;
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'x-sveltekit-action': 'true', accept: 'application/json' },
      body: new URLSearchParams({ email, password })
    });
    text = await response.text();
  } catch {
    return { outcome: 'network' };
  }
  const result = deserialize<never, { outcome: string; seconds: number }>(text);
  if (result.type === 'redirect') return { outcome: 'signed-in' };
  if (result.type !== 'failure' || !result.data) return { outcome: 'busy' };
  const { outcome, seconds } = result.data;
  if (outcome === 'delayed') return { outcome, seconds };
  return { outcome: outcome === 'busy' ? 'busy' : 'wrong' };
}
