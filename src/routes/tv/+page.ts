import { browser } from '$app/environment';
import { error } from '@sveltejs/kit';
import { Refusal } from '$lib/client/graphql';
import { newestLastFrame } from '$lib/client/last-frame';
import { asScreen, readOwnScreen } from '$lib/client/television.svelte';
import { readWallboard } from '$lib/client/wallboard.svelte';
import type { PageLoad } from './$types';

/** A paired screen with its board; a television that is to be paired; or, in the browser alone, one without a network. */
export const load: PageLoad = async ({ fetch, depends }) => {
  depends('tv:screen');
  try {
    const hung = await readOwnScreen(fetch);
    if (hung === null) return { hung, frame: null, kept: null, offline: false };
    return { hung, frame: await boardOf(fetch, hung.board), kept: null, offline: false };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    if (!browser) error(500);
    // Another build serves now: the page's own hashes are no longer known to it.
    if (refusal.code === 'outdated') location.reload();
    return { hung: null, frame: null, kept: newestLastFrame(Date.now()), offline: true };
  }
};

/** Without its first frame a board says so itself, and gets it by its socket. */
async function boardOf(fetch: typeof globalThis.fetch, board: string) {
  try {
    return await readWallboard(asScreen(fetch), board);
  } catch {
    return null;
  }
}
