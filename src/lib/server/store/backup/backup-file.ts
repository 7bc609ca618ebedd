/**
 * A backup as a file: lines of JSON, packed with gzip. The first line says what it is of, then each table has a line with
 * its columns and one line per row, and the last says that it is whole. Neither database's own format: what was taken
 * from SQLite can be restored on PostgreSQL, and somebody who has only `zcat` can read it in thirty years.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Kind } from '../kind.ts';

export type Value = string | number | null;

export interface BackupHeader {
  stamgaffel: 'backup';
  /** Of the file; raised when the lines change their shape. */
  format: 1;
  madeAt: string;
  kind: Kind;
  /** What had been done to the schema: a restore makes the same schema, and then brings it up to date. */
  migrations: string[];
  position: { epoch: string; offset: number };
  /** The last link of the audit log's chain: who rebuilt the chain later did not rebuild this file. */
  auditHead: string | null;
}
export interface BackupTable {
  table: string;
  columns: string[];
  /** How many rows follow. */
  rows: number;
}
interface BackupEnd {
  end: true;
  /** Of all tables together. */
  rows: number;
}
export type BackupLine = BackupHeader | BackupTable | Value[] | BackupEnd;

export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}

/** Rows are written to the stream some hundred at a time: a stream's turn costs more than a row. */
const TOGETHER = 500;

/**
 * Writes the lines. The file appears under its name only when it is whole and on the disk, and only its owner may read
 * it: the names and the password hashes of everybody stand in it.
 */
export async function writeBackupFile(file: string, lines: AsyncIterable<BackupLine>): Promise<void> {
  const partial = `${file}.partial`;
  try {
    const target = createWriteStream(partial, { mode: 0o600, flush: true });
    await pipeline(Readable.from(chunks(lines)), createGzip({ level: 6 }), target);
    await chmod(partial, 0o600);
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function* chunks(lines: AsyncIterable<BackupLine>): AsyncIterable<string> {
  let waiting: string[] = [];
  for await (const line of lines) {
    waiting.push(JSON.stringify(line));
    if (waiting.length < TOGETHER) continue;
    yield `${waiting.join('\n')}\n`;
    waiting = [];
  }
  if (waiting.length > 0) yield `${waiting.join('\n')}\n`;
}

/** The first line alone, so that what must not be restored here is refused before anything is touched. */
export async function readBackupHeader(file: string): Promise<BackupHeader> {
  for await (const line of readLines(file)) return headerOf(line, file);
  throw new BackupRefused(`${file} is empty. Nothing was restored.`);
}

/** Everything after the header. Throws `BackupRefused` when the file was cut short or changed on its way. */
export async function* readBackup(file: string): AsyncIterable<BackupTable | Value[]> {
  let [first, rows] = [true, 0];
  let end: BackupEnd | null = null;
  for await (const line of readLines(file)) {
    if (end !== null) throw new BackupRefused(`${file} goes on after its end. Nothing was restored.`);
    if (first) headerOf(line, file);
    else if (Array.isArray(line)) {
      rows += 1;
      yield line as Value[];
    } else if (isRecord(line) && 'table' in line) yield line as unknown as BackupTable;
    else if (isRecord(line) && line.end === true) end = line as unknown as BackupEnd;
    else throw new BackupRefused(`${file} has a line that no backup has. Nothing was restored.`);
    first = false;
  }
  if (end === null || end.rows !== rows) {
    throw new BackupRefused(
      `${file} is not whole: it ${end ? `has ${rows} of ${end.rows} rows` : 'has no end'}. Nothing was restored. ` +
        'Take an earlier backup, or copy this one again.'
    );
  }
}

async function* readLines(file: string): AsyncIterable<unknown> {
  // Opened first: a path that is wrong is told as such, and not as a stream that broke.
  await (await open(file, 'r').catch(unreadable)).close();
  const packed = createReadStream(file);
  const unpacked = createGunzip();
  const broken = pipeline(packed, unpacked).then(
    () => null,
    (error: unknown) => error
  );
  try {
    unpacked.setEncoding('utf8');
    let begun = '';
    for await (const text of unpacked as AsyncIterable<string>) {
      // By hand: readline also ends a line at U+2028, which may stand in what somebody wrote.
      const lines = (begun + text).split('\n');
      begun = lines.pop()!;
      for (const line of lines) yield JSON.parse(line);
    }
    if (begun !== '') yield JSON.parse(begun);
  } catch (error) {
    throw notABackup(file, error);
  } finally {
    packed.destroy();
    unpacked.destroy();
  }
  const error = await broken;
  if (error) throw notABackup(file, error);
}

function unreadable(error: NodeJS.ErrnoException): never {
  throw new BackupRefused(`The backup cannot be read (${error.message}). Nothing was restored. Check the path.`);
}
function notABackup(file: string, cause: unknown): Error {
  if (cause instanceof BackupRefused) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new BackupRefused(`${file} cannot be read as a backup (${why}). Nothing was restored.`);
}
function headerOf(line: unknown, file: string): BackupHeader {
  if (isRecord(line) && line.stamgaffel === 'backup' && line.format === 1) return line as unknown as BackupHeader;
  throw new BackupRefused(
    isRecord(line) && line.stamgaffel === 'backup'
      ? `${file} was made by a later version of Stämgaffeln. Nothing was restored. Restore it with that version.`
      : `${file} is not a backup of Stämgaffeln. Nothing was restored.`
  );
}
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
