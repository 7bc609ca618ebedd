import { open, readdir, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Instant } from '../../../domain/time.ts';
import { LineCutter, linesOf } from './queue-log-lines.ts';
import type { QueueLog } from './queue-log.ts';
import type { Timers } from './timers.ts';

export interface FollowOptions {
  path: string;
  log: QueueLog;
  timers: Timers;
  now(): Instant;
  skewMs(): number;
  /** Lines of before are known: what was rotated away since then is read too. Null: the whole live file, no other. */
  since: Instant | null;
  /** Told when the file cannot be read, with the system's code, and null when it can again. */
  onTrouble?(code: string | null): void;
}

const everyMs = 5_000;
/** The manager interface tells first; the log only fills in what it did not. */
const youngMs = 60_000;
/** A caller who joined before `since` may have left after it. */
const longestCallMs = 6 * 3_600_000;
const pieceBytes = 1 << 20;

/**
 * Follows a queue_log that grows, through every kind of rotation: renamed and made anew, truncated in place, packed
 * afterwards. The old file is held open until nothing more was written to it, so no line is lost in between.
 */
export class QueueLogFollower {
  #options: FollowOptions;
  #file: { handle: FileHandle; inode: number; position: number; cutter: LineCutter } | null = null;
  /** Read, but too young to be told. */
  #young: string[] = [];
  #timer: unknown;
  #looking: Promise<void> | null = null;
  #stopped = false;
  #trouble: string | null = null;

  constructor(options: FollowOptions) {
    this.#options = options;
  }

  /** Reads what there is, and then looks every five seconds. */
  async start(): Promise<void> {
    this.#looking = this.#guarded(() => this.#readRotatedAway()).finally(() => (this.#looking = null));
    await this.#looking;
    await this.look();
    this.#plan();
  }

  async #readRotatedAway(): Promise<void> {
    for (const path of await this.#rotatedAway()) {
      for await (const lines of linesOf(path, () => undefined)) {
        if (this.#stopped) return;
        await this.#take(lines);
      }
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#options.timers.clearTimeout(this.#timer);
    await this.#looking;
    await this.#file?.handle.close();
    this.#file = null;
  }

  /** Reads what is new and tells what has become old enough. */
  look(): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    this.#looking ??= this.#guarded(() => this.#look()).finally(() => (this.#looking = null));
    return this.#looking;
  }

  #plan(): void {
    if (this.#stopped) return;
    this.#timer = this.#options.timers.setTimeout(() => void this.look().then(() => this.#plan()), everyMs);
  }

  async #guarded(act: () => Promise<void>): Promise<void> {
    let code: string | null = null;
    try {
      await act();
    } catch (error) {
      code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    }
    if (code !== this.#trouble) this.#options.onTrouble?.(code);
    this.#trouble = code;
  }

  async #look(): Promise<void> {
    const { log } = this.#options;
    this.#file ??= await this.#open();
    await this.#readOn();
    const live = await this.#inode();
    if (live !== null && live !== this.#file.inode) {
      // What is still written to the old one is written by now: Asterisk has opened the new one.
      await this.#readOn();
      const last = this.#file.cutter.rest();
      if (last !== null) await this.#take([last]);
      await this.#file.handle.close();
      this.#file = await this.#open();
      await this.#readOn();
    }
    await this.#take([]);
    log.advance(this.#oldEnough());
    await log.tell();
  }

  async #open() {
    const handle = await open(this.#options.path, 'r');
    return { handle, inode: (await handle.stat()).ino, position: 0, cutter: new LineCutter() };
  }

  /** The inode at the path; null while a rotation has taken the old file away and made no new one. */
  async #inode(): Promise<number | null> {
    try {
      return (await stat(this.#options.path)).ino;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  async #readOn(): Promise<void> {
    const file = this.#file!;
    if ((await file.handle.stat()).size < file.position) {
      file.position = 0; // truncated in place: all of it is new
      file.cutter = new LineCutter();
    }
    const buffer = Buffer.allocUnsafe(pieceBytes);
    for (;;) {
      const { bytesRead } = await file.handle.read(buffer, 0, pieceBytes, file.position);
      if (bytesRead === 0 || this.#stopped) return;
      file.position += bytesRead;
      await this.#take(file.cutter.push(Buffer.from(buffer.subarray(0, bytesRead))));
    }
  }

  /** The second, by the PBX's clock, until which lines are old enough to be told. */
  #oldEnough(): number {
    return Math.floor((this.#options.now() + this.#options.skewMs() - youngMs) / 1000);
  }

  async #take(lines: readonly string[]): Promise<void> {
    const { since, log, path } = this.#options;
    const from = since === null ? 0 : (since - longestCallMs) / 1000;
    const until = this.#oldEnough();
    const old: string[] = [];
    const young: string[] = [];
    for (const line of this.#young.length > 0 ? [...this.#young, ...lines] : lines) {
      const second = Number.parseInt(line, 10);
      if (second > until || young.length > 0) young.push(line);
      else if (!(second < from)) old.push(line);
    }
    this.#young = young;
    if (old.length > 0) await log.take(old, basename(path));
  }

  /** What was written since, and is not in the live file any more; oldest first. */
  async #rotatedAway(): Promise<string[]> {
    const { path, since } = this.#options;
    if (since === null) return [];
    const [folder, name] = [dirname(path), basename(path)];
    const found: { path: string; at: number }[] = [];
    for (const file of await readdir(folder)) {
      if (file === name || !(file.startsWith(`${name}.`) || file.startsWith(`${name}-`))) continue;
      const sibling = join(folder, file);
      const { mtimeMs } = await stat(sibling);
      if (mtimeMs >= since) found.push({ path: sibling, at: mtimeMs });
    }
    return found.sort((a, b) => a.at - b.at).map(({ path }) => path);
  }
}
