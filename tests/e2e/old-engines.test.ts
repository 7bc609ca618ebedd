import { globSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { parse } from 'acorn';

// Televisions hang on walls for ten years: Chromium 94 is the oldest engine the board is built for.
const built = (ending: string) => globSync(`build/client/**/*.${ending}`);

test('every script is ES2022 and uses nothing that came to the platform later', () => {
  const files = built('js');
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const code = readFileSync(file, 'utf8');
    expect(() => parse(code, { ecmaVersion: 2022, sourceType: 'module' }), file).not.toThrow();
    const later =
      /\b(structuredClone|\.findLast|\.findLastIndex|\.toSorted|\.toReversed|\.toSpliced|Object\.groupBy|Promise\.withResolvers|Array\.fromAsync)\b/;
    expect(later.exec(code)?.[0], file).toBe(undefined);
  }
});

test('no style sheet uses what came to CSS later', () => {
  const files = built('css');
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const css = readFileSync(file, 'utf8');
    const later = /:has\(|@container|@layer|@scope|color-mix\(|oklch\(|\d[dsl]v[hw]\b|text-wrap|light-dark\(|&[ .:#[]/;
    expect(later.exec(css)?.[0], file).toBe(undefined);
  }
});
