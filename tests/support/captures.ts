import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/**
 * What a real Asterisk said, byte for byte, and what the telephones saw. Packed in `tests/fixtures/asterisk`; the two
 * ten-minute captures are too large to keep and are read from where they were made, when that is there.
 */
export interface Capture {
  /** `07-blind-transfer-refer`, or `asterisk16/07-…`. */
  name: string;
  /** One, or two (`a`, `b`) when the connection was cut or the PBX started anew. */
  parts: CapturePart[];
  queueLog: string;
  truth: Truth;
}
export interface CapturePart {
  bytes: Buffer;
  /** In order; offsets are dense over the chunks. */
  chunks: { at: number; start: number; end: number }[];
  /** The recorder's own actions. */
  sent: { at: number; offset: number; action: string; actionId: string }[];
  /** `closed`, `link silent`, `link open`, `client cuts the connection`. */
  marks: { at: number; offset: number; mark: string }[];
}
/** Times are in seconds since 1970, as the recorder wrote them. */
export interface Truth {
  scenario: string;
  t0: number;
  t1: number;
  calls: TruthCall[];
  control: unknown[];
}
export interface TruthCall {
  id: string;
  number: string;
  queue: string;
  uniqueid?: string;
  linkedid?: string;
  join_t?: number | null;
  answer_t?: number | null;
  end_t?: number | null;
  agent?: string | null;
  ended_by?: string | null;
  outcome: string;
  attempts?: { agent: string; ring_t: number; end_t: number; result: string }[];
  entries?: TruthEntry[];
  [field: string]: unknown;
}
export interface TruthEntry {
  queue: string;
  join_t: number;
  answer_t?: number | null;
  leave_t?: number | null;
  outcome: string;
  agent?: string | null;
  from: { join: string; end: string };
}

const packed = join(import.meta.dirname, '../fixtures/asterisk');
const beside = join(import.meta.dirname, '../../../shared/asterisk/captures');
const tenMinutes = ['16-mixed-10-min-audio', '21-mixed-10-min'];

/** Every capture there is here, by name; the ten-minute ones last, when they are there. */
export function captureNames(): string[] {
  const within = (folder: string, prefix: string) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.truth.json.gz'))
      .map((file) => prefix + file.slice(0, -'.truth.json.gz'.length));
  return [...within(packed, ''), ...within(join(packed, 'asterisk16'), 'asterisk16/'), ...tenMinuteCaptures()];
}

/** The two captures of ten minutes and 300 calls each; empty when their folder is not there. */
export function tenMinuteCaptures(): string[] {
  return tenMinutes.filter((name) => existsSync(join(beside, `${name}.truth.json`)));
}

export function loadCapture(name: string): Capture {
  const path = join(tenMinutes.includes(name) ? beside : packed, name);
  const suffixes = existsSync(`${path}-a.ami.gz`) ? ['-a', '-b'] : [''];
  return {
    name,
    parts: suffixes.map((suffix) => part(path + suffix)),
    queueLog: unpacked(`${path}.queue_log`).toString(),
    truth: JSON.parse(unpacked(`${path}.truth.json`).toString()) as Truth
  };
}

function part(path: string): CapturePart {
  const read: CapturePart = { bytes: unpacked(`${path}.ami`), chunks: [], sent: [], marks: [] };
  for (const line of unpacked(`${path}.idx.jsonl`).toString().trim().split('\n')) {
    const { t, off, len, sent, ActionID, mark } = JSON.parse(line) as IndexLine;
    const at = Math.round(t * 1000);
    if (len !== undefined) read.chunks.push({ at, start: off, end: off + len });
    else if (sent !== undefined) read.sent.push({ at, offset: off, action: sent, actionId: ActionID ?? '' });
    else if (mark !== undefined) read.marks.push({ at, offset: off, mark });
  }
  return read;
}
interface IndexLine {
  t: number;
  off: number;
  len?: number;
  sent?: string;
  ActionID?: string;
  mark?: string;
}

function unpacked(path: string): Buffer {
  return existsSync(`${path}.gz`) ? gunzipSync(readFileSync(`${path}.gz`)) : readFileSync(path);
}
