import { type Kysely } from 'kysely';
import * as theLog from './0001-the-log.ts';
import * as queuesAndTokens from './0002-queues-and-tokens.ts';
import * as people from './0003-people.ts';
import * as wherePeopleBelong from './0004-where-people-belong.ts';
import * as announcementsAndStrips from './0005-announcements-and-strips.ts';
import * as theAuditLog from './0006-the-audit-log.ts';
import * as screens from './0007-screens.ts';
import * as boardsAndOpeningHours from './0008-boards-and-opening-hours.ts';
import * as retentionAndFirstStart from './0009-retention-and-first-start.ts';
import * as coaching from './0010-coaching.ts';
import * as drafts from './0011-drafts.ts';
import * as recordings from './0012-recordings.ts';
import * as rubricVersions from './0013-rubric-versions.ts';
import * as betweenRounds from './0014-between-rounds.ts';
import * as tokensThatFollowRights from './0015-tokens-that-follow-rights.ts';
import * as firstSteps from './0016-first-steps.ts';

/** A step from one schema to the next. It runs once, in a transaction, and is never edited after a release. */
export interface Migration {
  name: string;
  up(db: Kysely<never>): Promise<void>;
}

/** Listed by hand, in order: nothing looks for files at run time, so a bundle and plain Node see the same list. */
export const migrations: readonly Migration[] = [
  { name: '0001-the-log', up: theLog.up },
  { name: '0002-queues-and-tokens', up: queuesAndTokens.up },
  { name: '0003-people', up: people.up },
  { name: '0004-where-people-belong', up: wherePeopleBelong.up },
  { name: '0005-announcements-and-strips', up: announcementsAndStrips.up },
  { name: '0006-the-audit-log', up: theAuditLog.up },
  { name: '0007-screens', up: screens.up },
  { name: '0008-boards-and-opening-hours', up: boardsAndOpeningHours.up },
  { name: '0009-retention-and-first-start', up: retentionAndFirstStart.up },
  { name: '0010-coaching', up: coaching.up },
  { name: '0011-drafts', up: drafts.up },
  { name: '0012-recordings', up: recordings.up },
  { name: '0013-rubric-versions', up: rubricVersions.up },
  { name: '0014-between-rounds', up: betweenRounds.up },
  { name: '0015-tokens-that-follow-rights', up: tokensThatFollowRights.up },
  { name: '0016-first-steps', up: firstSteps.up }
];
