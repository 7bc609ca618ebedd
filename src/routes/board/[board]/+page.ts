import { error, redirect } from '@sveltejs/kit';
import { browser } from '$app/environment';
import { ask, Refusal } from '$lib/client/graphql';
import { lastFrame } from '$lib/client/last-frame';
import { readWallboard } from '$lib/client/wallboard.svelte';
import { localizeHref } from '$lib/i18n/paraglide/runtime';
import { boardsQuery } from '$lib/operations/persisted';
import type { PageLoad } from './$types';

/**
 * Universal: the server's first paint and the browser ask alike. Without a network the browser shows the frame it kept,
 * or says that there is none; the server is never without one.
 */
export const load: PageLoad = async ({ fetch, params: { board } }) => {
  try {
    const [frame, boards] = await Promise.all([readWallboard(fetch, board), boardsOf(fetch)]);
    return { board, frame, boards, kept: null };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    if (refusal.code === 'sign-in') redirect(303, localizeHref('/login'));
    if (refusal.code === 'not-found') error(404);
    if (!browser) error(500);
    // Another build serves now: the page's own hashes are no longer known to it.
    if (refusal.code === 'outdated') location.reload();
    return { board, frame: null, boards: [], kept: lastFrame(board, Date.now()) };
  }
};

/** The other boards are only a way to go: a board is shown without them too. */
async function boardsOf(fetch: typeof globalThis.fetch): Promise<{ id: string; name: string | null }[]> {
  try {
    return (await ask(fetch, boardsQuery, {})).boards;
  } catch {
    return [];
  }
}
