import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import type { SourceName } from '../../../domain/telephony/event.ts';
import type { BrokenLine } from '../../../domain/telephony/queue-log-line.ts';
import type { Instant } from '../../../domain/time.ts';
import { BrokenLines } from './broken-lines.ts';
import { linesOf } from './queue-log-lines.ts';
import { QueueLog, type QueueLogSink } from './queue-log.ts';

export interface ImportOptions {
  source: SourceName;
  sink: QueueLogSink;
  /** Paths, oldest first, packed or not; `-` is standard input. */
  files: readonly string[];
  stdin?: Readable;
  /** Where lines that cannot be read are kept. */
  brokenFile: string;
  agentKey?(member: string): string;
  onProgress?(progress: ImportProgress): void;
}
export interface ImportProgress {
  file: string;
  /** Of the file as it is, packed or not. `total` is null for standard input. */
  bytes: number;
  total: number | null;
  lines: number;
  broken: number;
}
export interface ImportReport {
  lines: number;
  /** Events told. Telling again what the log has changes nothing. */
  told: number;
  broken: number;
  brokenWhy: ReadonlyMap<BrokenLine, number>;
  /** Names the file with the broken lines; null when there were none. */
  brokenFile: string | null;
  /** When the first and the last line were written, by the PBX's clock; null when there were none. */
  span: { from: Instant; to: Instant } | null;
}

/**
 * Reads whole queue_logs, in order. Transfers behind Local members are not visible in them: days that we did not see
 * by the manager interface show fewer calls passed on than there were.
 */
export async function importQueueLog(options: ImportOptions): Promise<ImportReport> {
  const { source, sink, files, stdin = process.stdin, brokenFile, agentKey, onProgress } = options;
  const broken = new BrokenLines(brokenFile);
  const log = new QueueLog({ source, sink, broken, agentKey });
  for (const file of files) {
    const isStdin = file === '-';
    const name = isStdin ? 'standard input' : basename(file);
    const total = isStdin ? null : (await stat(file)).size;
    let bytes = 0;
    for await (const lines of linesOf(isStdin ? stdin : file, (more) => (bytes += more))) {
      await log.take(lines, name);
      onProgress?.({ file: name, bytes, total, lines: log.lines, broken: broken.count });
    }
    onProgress?.({ file: name, bytes, total: total ?? bytes, lines: log.lines, broken: broken.count });
  }
  await log.end();
  return {
    lines: log.lines,
    told: log.told,
    broken: broken.count,
    brokenWhy: broken.why,
    brokenFile: broken.file,
    span: log.span && { from: log.span.from * 1000, to: log.span.to * 1000 }
  };
}
