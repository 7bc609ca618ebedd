import type { Answer, auditQuery } from '../operations/persisted';

/** A row of the audit log as it comes over the wire. */
export type AuditRow = Answer<typeof auditQuery>['audit'][number];
