/**
 * What `npm test` runs, in this order, one suite at a time, because two of them at once would measure each other on a
 * machine with two cores. The budgets are for such a machine and add up to the 25 minutes that all of it may take.
 */
export interface Suite {
  name: string;
  /** What it proves, for the list of suites. */
  proves: string;
  budgetMs: number;
  /** When it is ended, where that is later than its budget: the first run on a machine may have more to make. */
  limitMs?: number;
  run:
    | { kind: 'command'; command: string; args: string[] }
    /** Test files that begin with one of these paths and belong to no suite before it. */
    | { kind: 'vitest'; project: 'node' | 'browser'; paths: string[] }
    | { kind: 'playwright' }
    /** A script of ours; exit code 77 means "unavailable here", and its last line says why. */
    | { kind: 'script'; file: string };
  /** Without these on the machine it is skipped, loudly; with REQUIRE naming them it fails. */
  needs: Need[];
}
export type Need = 'postgres' | 'chromium';

const seconds = (count: number): number => count * 1_000;

export const suites: readonly Suite[] = [
  {
    name: 'build',
    proves: 'what people are served can be made, and the texts and types that it generates are there',
    budgetMs: seconds(30),
    run: { kind: 'command', command: 'npm', args: ['run', '--silent', 'build'] },
    needs: []
  },
  {
    name: 'types',
    proves: 'one compiler understands pages, server and tests alike',
    budgetMs: seconds(40),
    run: { kind: 'command', command: 'npm', args: ['run', '--silent', 'check'] },
    needs: []
  },
  {
    name: 'lint',
    proves: 'nothing is written in a way we have agreed not to',
    budgetMs: seconds(75),
    run: { kind: 'command', command: 'npm', args: ['run', '--silent', 'lint'] },
    needs: []
  },
  vitest('house', 'the rules of the house: who may import whom, names, lengths, texts, colours', 20, [
    'tests/tidy',
    'tests/house/'
  ]),
  vitest('domain', 'what a call centre is: timelines, laws, formulas', 25, ['tests/domain/']),
  vitest('telephony', 'every recording of a real PBX read right; the demonstration city', 150, [
    'tests/server/telephony/'
  ]),
  vitest(
    'store',
    'nothing acknowledged is lost or doubled, on SQLite and PostgreSQL',
    100,
    ['tests/server/store/'],
    ['postgres']
  ),
  vitest('live', 'append, fold, publish; a restart is the same state', 60, ['tests/server/live/']),
  vitest('api', 'who may read what, over real HTTP and sockets', 120, [
    'tests/server/graphql/',
    'tests/server/identity/'
  ]),
  vitest('rest', 'everything else that runs on Node', 50, ['tests/'], ['postgres']),
  {
    name: 'browser',
    proves: 'components in a real Chromium',
    budgetMs: seconds(30),
    run: { kind: 'vitest', project: 'browser', paths: ['tests/'] },
    needs: ['chromium']
  },
  {
    name: 'stories',
    proves: 'what people do, from the address bar to the figure, in Chromium against the built product',
    budgetMs: seconds(510),
    run: { kind: 'playwright' },
    needs: ['chromium']
  },
  {
    name: 'draft-kill',
    proves:
      'what somebody types outlives two hundred kills of tab, server and network, and four worse protocols do not',
    budgetMs: seconds(150),
    limitMs: seconds(600),
    run: { kind: 'script', file: 'tests/draft-kill/run.ts' },
    needs: ['chromium']
  },
  {
    name: 'lighthouse',
    proves: 'the board and the strip are accessible, well made and quick, as Lighthouse sees it',
    budgetMs: seconds(80),
    limitMs: seconds(240),
    run: { kind: 'script', file: 'tests/lighthouse/run.ts' },
    needs: ['chromium']
  },
  {
    name: 'live-pbx',
    proves: 'calls driven through a real Asterisk are read off the board',
    budgetMs: seconds(60),
    limitMs: seconds(300),
    run: { kind: 'script', file: 'tests/live-pbx/run.ts' },
    needs: ['chromium']
  }
];

function vitest(name: string, proves: string, budgetSeconds: number, paths: string[], needs: Need[] = []): Suite {
  return { name, proves, budgetMs: seconds(budgetSeconds), run: { kind: 'vitest', project: 'node', paths }, needs };
}

/** The test files of each Vitest suite: every file belongs to the first suite that claims it, so none is forgotten. */
export function testFiles(all: readonly string[], of: Suite): string[] {
  const isBrowser = (file: string): boolean => file.endsWith('.svelte.test.ts');
  if (of.run.kind !== 'vitest') return [];
  const { project } = of.run;
  const rivals = suites.filter(({ run }) => run.kind === 'vitest' && run.project === project);
  return all
    .filter((file) => file.endsWith('.test.ts') && isBrowser(file) === (project === 'browser'))
    .filter((file) => !file.startsWith('tests/e2e/') && !file.startsWith('tests/bench/'))
    .filter((file) => {
      const owner = rivals.find(({ run }) => run.kind === 'vitest' && run.paths.some((path) => file.startsWith(path)));
      return owner === of;
    });
}
