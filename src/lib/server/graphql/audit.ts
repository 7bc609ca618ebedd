import { SECURITY_ACTS, type AuditAct } from '../../domain/audit.ts';
import { auditEntry, type AuditEntry } from './account.ts';
import { builder } from './builder.ts';

/** The audit log, as administrators may read it. `identity/` fulfils it. */
export interface AuditLog {
  read(asked: { acts: readonly AuditAct[]; before?: number; most: number }): Promise<AuditEntry[]>;
}
const ROWS_MOST = 100;

builder.queryField('audit', (t) =>
  t.field({
    type: [auditEntry],
    description: 'What concerns doors and rights in the audit log, the latest first, a hundred at a time.',
    authScopes: { act: 'read-audit' },
    args: { before: t.arg.int({ description: 'Only what stands before this position.' }) },
    resolve: (_, { before }, { audit }) =>
      audit.read({ acts: SECURITY_ACTS, before: before ?? undefined, most: ROWS_MOST })
  })
);
