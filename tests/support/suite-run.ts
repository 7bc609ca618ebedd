import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Suite } from '../suites.ts';

/** What became of a suite. `troubles` are sentences for the end of the run, beyond the failures shown on the way. */
export interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
  troubles: string[];
  /** Set when the suite itself said that it cannot run here. */
  unavailable?: string;
}

/** A suite that hangs is ended after twice its budget and a minute: the run must come to its last line. */
const limitMs = (suite: Suite): number => 2 * suite.budgetMs + 60_000;
/** How a script says that it is unavailable here: the code that automake's tests use for it. */
const UNAVAILABLE = 77;

let running: ChildProcess | null = null;

/** Ends the suite that runs now, with everything that it started. */
export function endRunning(signal: NodeJS.Signals = 'SIGTERM'): void {
  if (running) end(running, signal);
}

function end({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended by itself in the meantime.
  }
}

export async function runSuite(suite: Suite, files: string[]): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'stamgaffel-suite-'));
  const report = join(folder, 'report.json');
  try {
    const { command, args, env } = commandOf(suite, files, report);
    const limit = suite.limitMs ?? (suite.run.kind === 'script' ? suite.budgetMs : limitMs(suite));
    const ended = await spawned(command, args, env, limit);
    const outcome = counted(suite, ended, report);
    if (ended.overLimit) {
      outcome.troubles.push(`It was ended after ${Math.round(limit / 1_000)} s without coming to an end by itself.`);
      outcome.failed = Math.max(1, outcome.failed);
    }
    return outcome;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Ended {
  code: number | null;
  lastLines: string[];
  overLimit: boolean;
}

interface Command {
  command: string;
  args: string[];
  env: Record<string, string>;
}

function commandOf(suite: Suite, files: string[], report: string): Command {
  const { run } = suite;
  const tool = (name: string): string => join('node_modules', '.bin', name);
  switch (run.kind) {
    case 'command':
      return { command: run.command, args: run.args, env: {} };
    case 'vitest':
      return {
        command: tool('vitest'),
        args: [
          'run',
          '--project',
          run.project,
          '--reporter=default',
          '--reporter=json',
          `--outputFile.json=${report}`
        ].concat(files),
        env: {}
      };
    case 'playwright':
      return {
        command: tool('playwright'),
        args: ['test', '-c', 'tests/e2e', '--reporter=list,json'],
        env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report, PLAYWRIGHT_JSON_OUTPUT_NAME: report }
      };
    case 'script':
      return { command: process.execPath, args: [run.file], env: { TEST_REPORT: report } };
  }
}

function spawned(command: string, args: string[], env: Record<string, string>, limit: number): Promise<Ended> {
  return new Promise((resolve) => {
    let overLimit = false;
    let tail = '';
    const child = spawn(command, args, {
      // A group of its own, so that ending it ends the browsers and servers that it started.
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...env }
    });
    running = child;
    child.stdout.on('data', (bytes: Buffer) => {
      process.stdout.write(bytes);
      tail = (tail + bytes.toString()).slice(-4_000);
    });
    const timer = setTimeout(() => {
      overLimit = true;
      end(child, 'SIGTERM');
      // This one, and not whichever runs by then: the next suite has done nothing.
      setTimeout(() => end(child, 'SIGKILL'), 5_000).unref();
    }, limit);
    const ended = (code: number | null): void => {
      clearTimeout(timer);
      running = null;
      resolve({ code, overLimit, lastLines: tail.trimEnd().split('\n').slice(-1) });
    };
    child.once('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      ended(null);
    });
    child.once('close', ended);
  });
}

function counted(suite: Suite, ended: Ended, report: string): Outcome {
  const { kind } = suite.run;
  if (kind === 'script' && ended.code === UNAVAILABLE) {
    const why = `UNAVAILABLE here: ${ended.lastLines.join(' ')}`;
    return { passed: 0, failed: 0, skipped: 1, troubles: [why], unavailable: why };
  }
  const outcome = kind === 'command' ? null : existsSync(report) ? readReport(kind, report) : null;
  if (outcome === null) {
    const passed = ended.code === 0 && kind === 'command';
    const troubles = passed ? [] : [`It ended with code ${ended.code}${kind === 'command' ? '' : ' and no report'}.`];
    return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0, troubles };
  }
  if (outcome.passed + outcome.failed + outcome.skipped === 0) {
    return { ...outcome, failed: 1, troubles: [...outcome.troubles, 'It found no tests.'] };
  }
  if (ended.code !== 0 && outcome.failed === 0) {
    const trouble = `No test failed, but it ended with code ${ended.code}: an error outside of the tests.`;
    return { ...outcome, failed: 1, troubles: [...outcome.troubles, trouble] };
  }
  return outcome;
}

/** What the reports of Vitest, of Playwright and of our own scripts have that we read. */
interface Report {
  numPassedTests?: number;
  numFailedTests?: number;
  numPendingTests?: number;
  numTodoTests?: number;
  testResults?: { name: string; status: string; message?: string; assertionResults: unknown[] }[];
  stats?: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors?: { message?: string }[];
  passed?: number;
  failed?: number;
  skipped?: number;
}

function readReport(kind: Suite['run']['kind'], file: string): Outcome {
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  if (kind === 'playwright') {
    const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report.stats ?? {};
    const troubles = (report.errors ?? []).map(({ message }) => message ?? 'An error without words.');
    // A story that passes only the second time is a story that fails for somebody.
    return { passed: expected, failed: unexpected + flaky + troubles.length, skipped, troubles };
  }
  if (kind === 'script') {
    return { passed: report.passed ?? 0, failed: report.failed ?? 0, skipped: report.skipped ?? 0, troubles: [] };
  }
  // A file that cannot even be loaded has no tests to count, and would otherwise pass for nothing.
  const unloaded = (report.testResults ?? []).filter((f) => f.status === 'failed' && f.assertionResults.length === 0);
  return {
    passed: report.numPassedTests ?? 0,
    failed: (report.numFailedTests ?? 0) + unloaded.length,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
    troubles: unloaded.map(({ name, message }) => `${name} could not be loaded: ${message?.split('\n')[0] ?? ''}`)
  };
}
