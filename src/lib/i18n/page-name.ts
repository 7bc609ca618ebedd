import type { LinkedPage } from '../domain/pages';
import { m } from './paraglide/messages';

const NAMES: Record<LinkedPage, () => string> = {
  'first-steps': m.steps_title,
  board: m.page_board,
  me: m.page_me,
  team: m.page_team,
  announcements: m.page_announcements,
  coaching: m.page_coaching,
  rounds: m.page_rounds,
  rubric: m.page_rubric,
  agents: m.page_agents,
  boards: m.page_boards,
  queues: m.page_queues,
  units: m.page_units,
  recordings: m.page_recordings,
  screens: m.page_screens,
  people: m.page_people,
  audit: m.page_audit,
  pbx: m.page_pbx,
  tokens: m.page_tokens,
  help: m.page_help,
  insight: m.page_insight,
  retention: m.page_retention,
  accessibility: m.page_accessibility,
  account: m.page_account
};

/** What a page is called in the bar and as its title. */
export const pageName = (page: LinkedPage): string => NAMES[page]();
