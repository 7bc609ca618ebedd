import type { LinkedPage } from '../domain/pages';
import { m } from './paraglide/messages';

const NAMES: Record<LinkedPage, () => string> = {
  board: m.page_board,
  screens: m.page_screens,
  account: m.page_account
};

/** What a page is called in the bar and as its title. */
export const pageName = (page: LinkedPage): string => NAMES[page]();
