import { join } from 'node:path';
import type { Config } from './config.ts';
import { DEMO_SEED, DEMO_SOURCE } from './demonstration.ts';
import type { Source } from './live/ports.ts';
import type { Logger } from './logger.ts';
import { AsteriskSource } from './telephony/asterisk/source.ts';
import { AsteriskWithQueueLog } from './telephony/asterisk/watched-queue-log.ts';
import type { Trouble } from './telephony/asterisk/trouble.ts';
import { simulator } from './telephony/simulator/simulator.ts';

/** Who tells: the exchanges that the configuration names, or the demonstration city. */
export function sourcesOf(config: Config, logger: Logger): Source[] {
  if (config.kind === 'demo') return [simulator({ seed: DEMO_SEED, timeZone: config.timeZone, name: DEMO_SOURCE })];
  return config.pbxes.map(({ queueLog, ...pbx }) => {
    const source = pbx.name;
    const onTrouble = (trouble: Trouble | null) =>
      trouble ? logger.error({ source, ...trouble }, 'exchange') : logger.info({ source }, 'exchange is well');
    if (queueLog === null) return new AsteriskSource({ ...pbx, onTrouble });
    const brokenFile = join(config.dataDir, `queue-log-broken-lines-${source}.txt`);
    const onLogTrouble = (code: string | null) =>
      code
        ? logger.error({ source, code, remedy: UNREADABLE }, 'queue_log')
        : logger.info({ source }, 'queue_log is read');
    return new AsteriskWithQueueLog({ ...pbx, queueLog, brokenFile, onTrouble, onLogTrouble });
  });
}
const UNREADABLE =
  'Let ASTERISK_QUEUE_LOG name the file, readable for this user. Until then callers who were sent on count as unstated.';
