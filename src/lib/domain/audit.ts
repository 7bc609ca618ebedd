/**
 * What the audit log tells of, as codes. Whoever an act concerns may always read it; `security` acts are also read by
 * administrators, who look after doors and have no errand in what people do behind them.
 */
export const AUDIT_ACTS = {
  'signed-in': 'security',
  'signed-out': 'security',
  'session-ended': 'security',
  'password-changed': 'security',
  'password-link-made': 'security',
  'password-set': 'security',
  'person-added': 'security',
  'person-enabled': 'security',
  'person-disabled': 'security',
  'roles-changed': 'security',
  'units-changed': 'security',
  'token-made': 'security',
  'token-ended': 'security',
  'screen-paired': 'security',
  'screen-revoked': 'security',
  'screen-moved': 'security',
  'announcement-posted': 'security',
  'announcement-ended': 'security',
  'agent-tied': 'security',
  'agent-untied': 'security',
  'board-changed': 'security',
  'queue-changed': 'security',
  'unit-changed': 'security',
  'retention-changed': 'security',
  'rubric-published': 'own',
  'round-changed': 'own',
  'coaching-changed': 'own',
  'call-heard': 'own',
  'data-exported': 'security',
  'data-restored': 'security'
} as const satisfies Record<string, 'security' | 'own'>;
export type AuditAct = keyof typeof AUDIT_ACTS;

/** The acts that an administrator may read of others. */
export const SECURITY_ACTS = (Object.keys(AUDIT_ACTS) as AuditAct[]).filter((act) => AUDIT_ACTS[act] === 'security');
