import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importBreaches } from './house/import-rules.ts';
import { sourcesUnder, type Breach, type Source } from './house/source.ts';
import * as taste from './house/taste-rules.ts';

const ours = sourcesUnder('src', 'tests').filter(({ path }) => !path.startsWith('tests/fixtures/'));

/** One line for each, so that a failing test is a list of places to go to. */
const told = (breaches: readonly Breach[]): string[] =>
  breaches.map(({ path, line, rule, found }) => `${path}:${line} ${found}: ${rule}`);
const breachesOf = (rule: taste.Rule, sources: readonly Source[] = ours): string[] => told(sources.flatMap(rule));

/** A rule that cannot fail is no rule: each is shown what it must refuse, and what it must let pass. */
function proven(rule: taste.Rule, refuses: Record<string, string>, allows: Record<string, string>): void {
  it.each(Object.entries(refuses))('refuses %s', (path, text) => {
    expect(rule({ path: path.replace(/ .*/, ''), text })).not.toEqual([]);
  });
  it.each(Object.entries(allows))('lets %s be', (path, text) => {
    expect(rule({ path: path.replace(/ .*/, ''), text })).toEqual([]);
  });
}

describe('who may import whom', () => {
  it('is as the table in ARCHITECTURE.md says', () => {
    expect(breachesOf(importBreaches)).toEqual([]);
  });

  proven(
    importBreaches,
    {
      'src/lib/domain/a.ts (a package)': `import { z } from 'zod';`,
      'src/lib/domain/b.ts (node)': `import { join } from 'node:path';`,
      'src/lib/domain/c.ts (the server, even its types)': `import type { A } from '../server/live/ports.ts';`,
      'src/lib/domain/d.ts (later)': `const m = await import('../server/config.ts');`,
      'src/lib/server/store/a.ts (a neighbour)': `import { b } from '../telephony/asterisk/parse.ts';`,
      'src/lib/server/store/b.ts (live values)': `import { createClock } from '../live/clock.ts';`,
      'src/lib/server/store/c.ts (all of live)': `import type { Writer } from '../live/writer.ts';`,
      'src/lib/server/telephony/asterisk/a.ts (another source)': `import { city } from '../simulator/city.ts';`,
      'src/lib/server/live/a.ts (the database)': `import { sql } from 'kysely';`,
      'src/lib/server/live/b.ts (the store)': `import type { Database } from '../store/tables.ts';`,
      'src/lib/server/graphql/a.ts (store values)': `import { openDatabase } from '../store/database.ts';`,
      'src/lib/server/graphql/b.ts (a value among types)': `import { type A, b } from '../live/feed.ts';`,
      'src/lib/server/config.ts (ours)': `import { a } from '../domain/time.ts';`,
      'src/lib/operations/a.ts (the server)': `import { a } from '../server/config.ts';`,
      'src/lib/client/a.ts (the server)': `import { a } from '$lib/server/config';`,
      'src/lib/client/b.ts (routes)': `import { a } from '../../routes/a';`,
      'src/lib/components/A.svelte (the client)': `<script lang="ts">import { a } from '$lib/client/graphql';</script>`,
      'src/routes/a/+page.ts (the server)': `import { a } from '$lib/server/config';`,
      'src/routes/a/+page.server.ts (the app)': `import { createApp } from '$lib/server/app';`,
      'src/lib/server/health.ts (the app)': `import { createApp } from './app.ts';`,
      'src/entry.ts (a second graph)': `import { createApp } from './lib/server/app.ts';`,
      'src/lib/domain/e.ts (no ending)': `import { a } from './time';`,
      'src/lib/server/graphql/c.ts ($lib)': `import { a } from '$lib/domain/time';`,
      'src/lib/server/graphql/d.ts (passed on)': `export { a } from '../store/database.ts';`
    },
    {
      'src/lib/domain/telephony/a.ts (domain)': `import { a } from '../time.ts';`,
      'src/lib/server/store/a.ts (what it fulfils)': `import type { EventLog } from '../live/ports.ts';`,
      'src/lib/server/store/b.ts (its library)': `import { sql } from 'kysely';`,
      'src/lib/server/graphql/a.ts (types)': `import { type Feed } from '../live/feed.ts';`,
      'src/hooks.server.ts (the app)': `import { createApp } from '$lib/server/app';`,
      'src/routes/a/+page.ts (the client)': `import { a } from '$lib/client/graphql';`,
      'src/entry.ts (the build)': `await import('../build/index.js');`
    }
  );
});

describe('barrel files', () => {
  it('are nowhere', () => expect(breachesOf(taste.noBarrels)).toEqual([]));
  proven(
    taste.noBarrels,
    { 'src/lib/domain/index.ts': `export * from './time.ts';\nexport { a } from './a.ts';` },
    { 'src/lib/domain/a.ts': `export { a } from './b.ts';\nexport const c = 1;` }
  );
});

describe('names', () => {
  it('say something', () => expect(breachesOf(taste.namesThatSaySomething)).toEqual([]));
  it('are kebab-case, and PascalCase for components', () => expect(breachesOf(taste.kebabCase)).toEqual([]));
  proven(
    taste.namesThatSaySomething,
    { 'src/lib/utils/a.ts': '', 'src/lib/domain/helpers.ts': '', 'tests/common/a.ts': '', 'src/lib/shared.ts': '' },
    { 'src/lib/server/graphql/shared-execution.ts': '' }
  );
  proven(
    taste.kebabCase,
    { 'src/lib/domain/serviceLevel.ts': '', 'src/lib/components/queue-tile.svelte': '', 'tests/a_b.test.ts': '' },
    {
      'src/lib/domain/service-level.ts': '',
      'src/lib/components/QueueTile.svelte': '',
      'src/lib/client/now.svelte.ts': '',
      'src/routes/board/+page.svelte': '',
      'tests/client/now.svelte.test.ts': ''
    }
  );
});

describe('files', () => {
  it('are short', () => expect(breachesOf(taste.shortFiles)).toEqual([]));
  proven(
    taste.shortFiles,
    { 'src/lib/a.ts': 'a();\n'.repeat(261), 'src/lib/components/A.svelte': '<p></p>\n'.repeat(201) },
    { 'src/lib/a.ts': 'a();\n'.repeat(260), 'tests/a.test.ts': 'a();\n'.repeat(450) }
  );
});

describe('loose ends', () => {
  it('are nowhere', () => expect(breachesOf(taste.noLooseEnds)).toEqual([]));
  it('are not hidden behind any', () => expect(breachesOf(taste.noAny)).toEqual([]));
  proven(
    taste.noLooseEnds,
    {
      'src/a.ts (later)': '// TO' + 'DO: later',
      'src/b.ts (silenced)': '// @ts-' + 'ignore',
      'src/c.ts (silenced lint)': '/* eslint-' + 'disable */',
      'tests/d.test.ts (one alone)': 'it.on' + 'ly("a", () => {});'
    },
    { 'tests/a.test.ts': 'describe.skipIf(!postgres)("on PostgreSQL", () => {});' }
  );
  proven(
    taste.noAny,
    { 'src/a.ts': 'const a: any = 1;', 'src/A.svelte': '<script lang="ts">let a = b as any;</script>' },
    { 'src/b.ts': '// any of these\nconst any = "any";' }
  );
});

describe('the domain', () => {
  it('is pure', () => expect(breachesOf(taste.pureDomain)).toEqual([]));
  proven(
    taste.pureDomain,
    {
      'src/lib/domain/a.ts (the time)': 'const at = Date.now();',
      'src/lib/domain/b.ts (the time)': 'const at = new Date();',
      'src/lib/domain/c.ts (chance)': 'const n = Math.random();',
      'src/lib/domain/d.ts (the network)': 'await fetch("/");',
      'src/lib/domain/e.ts (the console)': 'console.log(1);',
      'src/lib/domain/f.ts (the machine)': 'const a = process.env.A;',
      'src/lib/domain/g.ts (the page)': 'const wide = window.innerWidth;'
    },
    {
      'src/lib/domain/b.ts (a window of a round)': 'for (const window of windows) last = window.until;',
      'src/lib/domain/a.ts': '// Date.now() is not asked.\nconst day = new Date(at).getUTCDay();',
      'src/lib/server/a.ts': 'const at = Date.now();'
    }
  );
});

describe('colours', () => {
  it('stand in tokens.css', () => expect(breachesOf(taste.coloursOnlyFromTokens)).toEqual([]));
  proven(
    taste.coloursOnlyFromTokens,
    {
      'src/lib/components/A.svelte': '<style>p { color: #E69F00; }</style>',
      'src/lib/styles/base.css': 'a { color: rgb(0 0 0); }',
      'src/lib/components/chart.ts': `const bar = '#0072b2';`
    },
    {
      'src/lib/styles/tokens.css': ':root { --busy: #E69F00; }',
      'src/lib/components/A.svelte': '<style>p { color: var(--ink); }</style>',
      'src/lib/a.ts': '// issue #123, and a private field\nthis.#fed = 1;'
    }
  );
});

describe('texts', () => {
  it('come from the messages', () => expect(breachesOf(taste.textOnlyFromMessages)).toEqual([]));
  proven(
    taste.textOnlyFromMessages,
    {
      'src/lib/components/A.svelte (markup)': '<p>Väntar</p>',
      'src/lib/components/B.svelte (an attribute)': '<button aria-label="Stäng"></button>',
      'src/routes/a/+page.svelte (inside a block)': '{#if a}<b>Ingen kontakt</b>{:else}{b}{/if}'
    },
    {
      'src/lib/components/A.svelte':
        '<script lang="ts">let a = "text";</script><p class="hero">{m.waiting()}: 7 · %</p>'
    }
  );
});

describe('the workshop', () => {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' });
  const texts = listed
    .split('\n')
    .filter((path) => /\.(ts|js|svelte|css|html|md|json|graphql|sql|yml|sh)$|^\.ci\/run$/.test(path))
    .filter((path) => !path.startsWith('tests/fixtures/') && existsSync(path) && statSync(path).isFile())
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));

  it('left nothing of itself behind', () => {
    expect(texts.length).toBeGreaterThan(50);
    expect(breachesOf(taste.nothingOfTheWorkshop, texts)).toEqual([]);
  });
  it('named no registry in the lock file, which must install from wherever one installs', () => {
    expect(readFileSync('package-lock.json', 'utf8')).not.toMatch(/"resolved": "https?:/);
  });
  proven(
    taste.nothingOfTheWorkshop,
    { 'docs/a.md (a machine)': 'see /wo' + 'rk/main', 'src/a.ts (outside)': `'../sha` + `red/a'` },
    { 'tests/a.test.ts': `'../sha` + `red/a'`, 'docs/b.md': 'the network of the PBX' }
  );
});

describe('runtime dependencies', () => {
  const document = (...names: string[]): string => names.map((name) => `| \`${name}\` | work | ours |`).join('\n');
  it('each have a line that says what they save us and what would replace them', () => {
    const read = (path: string): string => readFileSync(path, 'utf8');
    expect(told(taste.dependencyBreaches(read('package.json'), read('docs/dependencies.md')))).toEqual([]);
  });
  it('are missed when the line is missing, and when the dependency is', () => {
    const manifest = '{ "dependencies": { "a": "1", "b": "1" } }';
    const names = (breaches: Breach[]): string[] => breaches.map(({ found }) => found);
    expect(names(taste.dependencyBreaches(manifest, document('a', 'b')))).toEqual([]);
    expect(names(taste.dependencyBreaches(manifest, document('a', 'c')))).toEqual(['b', 'c']);
    expect(names(taste.dependencyBreaches(manifest, `${document('a')}\n| \`b\` |  | ours |`))).toEqual(['b']);
  });
});
