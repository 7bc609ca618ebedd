import type { Kept } from '$lib/domain/retention';
import { m } from '$lib/i18n/paraglide/messages';
import type { PageData } from './$types';

export type Rule = PageData['retentionRules'][number];

const KEPT: Record<Kept, () => string> = {
  log: m.retention_kept_log,
  'agent-tokens': m.retention_kept_agent_tokens,
  'caller-tokens': m.retention_kept_caller_tokens,
  announcements: m.retention_kept_announcements,
  sessions: m.retention_kept_sessions,
  tallies: m.retention_kept_tallies,
  people: m.retention_kept_people,
  audit: m.retention_kept_audit
};

export const whatIsKept = ({ kept }: Rule): string => KEPT[kept as Kept]?.() ?? kept;

export function periodWords({ period, unit }: Rule): string {
  if (period === null) return m.retention_always();
  return unit === 'months' ? m.retention_months({ count: period }) : m.retention_days({ count: period });
}

export function decisionWords({ decision, decidedOn }: Rule): string {
  if (decision === '') return m.retention_decision_none();
  return decidedOn === null ? decision : m.retention_decided({ decision, date: decidedOn });
}
