import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { broken, type Typed } from './kept.ts';
import type { TypistHears, TypistTells } from './typist.ts';
import { Weather } from './weather.ts';

/** The server of a run, and how often it was killed. */
export class KilledServer {
  readonly port: number;
  readonly #folder: string;
  readonly #mutant: string;
  #process: ChildProcess | null = null;
  kills = 0;

  constructor(port: number, folder: string, mutant = '') {
    [this.port, this.#folder, this.#mutant] = [port, folder, mutant];
  }
  async start(): Promise<void> {
    const env = { ...process.env, PORT: String(this.port), FOLDER: this.#folder, MUTANT: this.#mutant };
    this.#process = fork(join(import.meta.dirname, 'server.ts'), { env, execArgv: [] });
    this.#process.on('error', () => undefined);
    await once(this.#process, 'message');
  }
  async kill(): Promise<void> {
    const child = this.#process;
    if (!child) return;
    this.#process = null;
    child.kill('SIGKILL');
    await once(child, 'exit');
    this.kills += 1;
  }
  /** The run is over: this kill is none of its own. */
  async end(): Promise<void> {
    const { kills } = this;
    await this.kill();
    this.kills = kills;
  }
}

export type NodeKill = 'browser' | 'network' | 'network and browser' | 'tab' | 'sign-out';
const KINDS: readonly NodeKill[] = ['browser', 'browser', 'network', 'network and browser', 'tab', 'tab', 'sign-out'];

/** One person who types and is interrupted, again and again. `interrupted` is told of each kill and what it broke. */
export async function lane(
  name: string,
  run: {
    server: KilledServer;
    folder: string;
    random: () => number;
    mutant?: string;
    goOn: () => boolean;
    interrupted: (kill: NodeKill, wrong: string[]) => void;
  }
): Promise<void> {
  const { server, folder, random, mutant = '', goOn, interrupted } = run;
  const weather = new Weather(server.port, random, mutant ? 3 : 1);
  const origin = await weather.listen();
  let before: Record<string, string> = {};
  let next = 1;
  let typed: Typed[] = [];
  let killedAt = Infinity;
  let kind: NodeKill | null = null;
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  let child: Typist | null = null;
  for (;;) {
    child ??= new Typist({
      NAME: name,
      ORIGIN: origin,
      FOLDER: folder,
      FIRST: String(next + typed.length),
      MUTANT: mutant
    });
    const opened = await child.opened();
    next += typed.length;
    // The opening reads both what the server and the journal have: this is what came back.
    if (kind) {
      const wrong = broken(typed, before, opened.fields, killedAt);
      if (opened.conflicts > 0) wrong.push('one writer met itself');
      interrupted(kind, wrong);
    }
    if (!goOn()) {
      await child.kill();
      return weather.close();
    }
    before = opened.fields;
    typed = child.typed;
    kind = KINDS[Math.floor(random() * KINDS.length)]!;
    await wait(1_100 + random() * 1_500);
    if (kind.startsWith('network')) {
      weather.cut();
      await wait(300 + random() * 1_500);
    }
    if (kind === 'network' || kind === 'sign-out') {
      // Both end by saving all: after the network is back, and before the session is gone.
      weather.mend();
      const all = await child.save();
      // A sign-out that could not save says so, and the journal has it.
      killedAt = all ? Infinity : Date.now();
    } else killedAt = Date.now();
    if (kind.endsWith('browser')) {
      await child.kill();
      child = null;
    } else child.leave();
    weather.mend();
  }
}

/** The process of somebody who types. */
class Typist {
  typed: Typed[] = [];
  readonly #process: ChildProcess;
  #said = '';
  #waiting: ((message: TypistTells) => void)[] = [];
  #unheard: TypistTells[] = [];

  constructor(env: Record<string, string>) {
    this.#process = fork(join(import.meta.dirname, 'typist.ts'), {
      env: { ...process.env, ...env },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc']
    });
    this.#process.on('error', () => undefined);
    this.#process.stderr?.on('data', (chunk: Buffer) => (this.#said += chunk.toString()));
    this.#process.on('message', (message: TypistTells) => {
      if (message.tells === 'typed') this.typed.push(message);
      else {
        // Whatever is typed from here on is another page's.
        if (message.tells === 'open') this.typed = [];
        const next = this.#waiting.shift();
        if (next) next(message);
        else this.#unheard.push(message);
      }
    });
    this.#process.on('exit', (code) => {
      if (code) this.#waiting.shift()?.({ tells: 'died', why: this.#said });
    });
  }
  async opened(): Promise<Extract<TypistTells, { tells: 'open' }>> {
    const told = await this.#told();
    if (told.tells !== 'open') throw new Error(`The typist did not come in: ${JSON.stringify(told)}`);
    return told;
  }
  async save(): Promise<boolean> {
    this.#send({ do: 'save' });
    const told = await this.#told();
    return told.tells === 'saved' && told.all;
  }
  /** The page is closed, and another opened. */
  leave(): void {
    this.#send({ do: 'leave' });
  }
  async kill(): Promise<void> {
    const died = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await died;
  }
  #told(): Promise<TypistTells> {
    const told = this.#unheard.shift();
    return told ? Promise.resolve(told) : new Promise((resolve) => this.#waiting.push(resolve));
  }
  #send(message: TypistHears): void {
    this.#process.send(message, () => undefined);
  }
}
