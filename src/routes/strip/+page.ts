import { error, redirect } from '@sveltejs/kit';
import { browser } from '$app/environment';
import { ask, Refusal } from '$lib/client/graphql';
import { lastFrame } from '$lib/client/last-frame';
import { readStrip } from '$lib/client/strip.svelte';
import { DEFAULT_STRIP_SETTINGS } from '$lib/domain/strip-settings';
import { localizeHref } from '$lib/i18n/paraglide/runtime';
import { stripSettingsQuery } from '$lib/operations/persisted';
import type { PageLoad } from './$types';

/** One's own strip and how one wants it. Without a network the browser shows what it kept, or says that there is none. */
export const load: PageLoad = async ({ fetch }) => {
  try {
    const [frame, { stripSettings, pausing }] = await Promise.all([
      readStrip(fetch),
      ask(fetch, stripSettingsQuery, {})
    ]);
    return { frame, settings: stripSettings, pausing, kept: null };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    if (refusal.code === 'sign-in') redirect(303, localizeHref('/login'));
    if (refusal.code === 'not-found') error(404);
    if (!browser) error(500);
    // Another build serves now: the page's own hashes are no longer known to it.
    if (refusal.code === 'outdated') location.reload();
    const pausing = { allowed: false, reasons: [] };
    return { frame: null, settings: DEFAULT_STRIP_SETTINGS, pausing, kept: lastFrame('strip', Date.now()) };
  }
};
