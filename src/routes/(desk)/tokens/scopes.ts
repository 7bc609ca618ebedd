import { m } from '$lib/i18n/paraglide/messages';
import type { PageData } from './$types';

export type WireScope = PageData['apiTokens'][number]['scopes'][number];

const WORDS: Record<WireScope, () => string> = {
  BOARDS_READ: m.tokens_scope_boards,
  TALLIES_READ: m.tokens_scope_tallies,
  ANNOUNCEMENTS_WRITE: m.tokens_scope_announcements,
  SCHEMA_READ: m.tokens_scope_schema
};

export const scopeWords = (scope: WireScope): string => WORDS[scope]();
export const SCOPES = Object.keys(WORDS) as WireScope[];
