import type { AuditAct } from '../domain/audit';
import { m } from './paraglide/messages';

const ACTS: Record<AuditAct, () => string> = {
  'signed-in': m.audit_signed_in,
  'signed-out': m.audit_signed_out,
  'session-ended': m.audit_session_ended,
  'password-changed': m.audit_password_changed,
  'password-link-made': m.audit_password_link_made,
  'password-set': m.audit_password_set,
  'person-added': m.audit_person_added,
  'person-enabled': m.audit_person_enabled,
  'person-disabled': m.audit_person_disabled,
  'roles-changed': m.audit_roles_changed,
  'units-changed': m.audit_units_changed,
  'token-made': m.audit_token_made,
  'token-ended': m.audit_token_ended,
  'screen-paired': m.audit_screen_paired,
  'screen-revoked': m.audit_screen_revoked,
  'screen-moved': m.audit_screen_moved,
  'announcement-posted': m.audit_announcement_posted,
  'announcement-ended': m.audit_announcement_ended,
  'agent-tied': m.audit_agent_tied,
  'agent-untied': m.audit_agent_untied,
  'board-changed': m.audit_board_changed,
  'queue-changed': m.audit_queue_changed,
  'unit-changed': m.audit_unit_changed,
  'retention-changed': m.audit_retention_changed,
  'rubric-published': m.audit_rubric_published,
  'round-changed': m.audit_round_changed,
  'coaching-changed': m.audit_coaching_changed,
  'call-heard': m.audit_call_heard,
  'data-exported': m.audit_data_exported,
  'data-restored': m.audit_data_restored
};

/** What was done, in words. A code that this version does not know is shown as it is: the log may be older or newer. */
export const auditAct = (act: string): string => (act in ACTS ? ACTS[act as AuditAct]() : act);
