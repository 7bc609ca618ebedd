import type { LinkedPage } from '../domain/pages';
import { m } from './paraglide/messages';

const NAMES: Record<LinkedPage, () => string> = {
  board: m.page_board,
  announcements: m.page_announcements,
  agents: m.page_agents,
  screens: m.page_screens,
  people: m.page_people,
  audit: m.page_audit,
  account: m.page_account
};

/** What a page is called in the bar and as its title. */
export const pageName = (page: LinkedPage): string => NAMES[page]();
