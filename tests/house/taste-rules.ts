import { parse, type AST } from 'svelte/compiler';
import ts from 'typescript';
import { isCode, lineOf, scriptOf, withoutComments, type Breach, type Source } from './source.ts';

/** Each takes a file and says what is wrong with it. */
export type Rule = (source: Source) => Breach[];

const basename = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const inSource = ({ path }: Source): boolean => path.startsWith('src/');

/** Every place in a text where a pattern stands. */
function places(source: Source, text: string, pattern: RegExp, rule: string): Breach[] {
  return [...text.matchAll(pattern)].map((match) => ({
    path: source.path,
    line: lineOf(text, match.index),
    rule,
    found: match[0].trim()
  }));
}

export const noBarrels: Rule = (source) => {
  if (!isCode(source) || source.path.endsWith('.svelte')) return [];
  const { statements } = scriptOf(source);
  const passesOn = (statement: ts.Statement): boolean =>
    ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined;
  if (statements.length === 0 || !statements.every(passesOn)) return [];
  const rule = 'no barrel files: a reader should find a thing where it is, in one step';
  return [{ path: source.path, line: 1, rule, found: basename(source.path) }];
};

const emptyWords = /^(utils?|helpers?|common|shared|misc)$/;
export const namesThatSaySomething: Rule = ({ path }) => {
  const rule = 'a name says what is in it; utils, helpers, common and shared say that nobody thought of one';
  return path
    .split('/')
    .filter((part) => emptyWords.test(part.replace(/\..*$/, '')))
    .map((found) => ({ path, line: 1, rule, found }));
};

export const kebabCase: Rule = (source) => {
  const { path } = source;
  const name = basename(path).replace(/(\.svelte)?(\.(test|server|d|config))?\.[a-z]+$/, '');
  const isRoute = path.startsWith('src/routes/') && name.startsWith('+');
  const isComponent = path.endsWith('.svelte');
  if (isRoute || !/^(src|tests)\//.test(path)) return [];
  const good = isComponent ? /^[A-Z][A-Za-z0-9]*$/ : /^[a-z0-9]+(-[a-z0-9]+)*$/;
  const rule = isComponent ? 'a component is named in PascalCase' : 'a file is named in kebab-case';
  return good.test(name) ? [] : [{ path, line: 1, rule, found: basename(path) }];
};

/**
 * A component may be 200 lines, a module 260 (250, and room for the formatter), a test 450: a file that tells two stories
 * wants two names.
 */
export const shortFiles: Rule = (source) => {
  if (!isCode(source)) return [];
  const most = source.path.startsWith('tests/') ? 450 : source.path.endsWith('.svelte') ? 200 : 260;
  const lines = source.text.trimEnd().split('\n').length;
  const rule = `at most ${most} lines: a file that tells two stories wants two names`;
  return lines <= most ? [] : [{ path: source.path, line: most, rule, found: `${lines} lines` }];
};

export const noLooseEnds: Rule = (source) => {
  if (!isCode(source)) return [];
  const word = (pattern: string, rule: string): Breach[] => places(source, source.text, new RegExp(pattern, 'g'), rule);
  return [
    ...word('\\bTO' + 'DO\\b|\\bFIX' + 'ME\\b', 'what is not done stands in an issue, not in a comment'),
    ...word('@ts-' + '(ignore|nocheck)', 'the compiler is answered, not silenced'),
    ...word('eslint-' + 'disable', 'a lint rule is kept or changed for all, not silenced in one place'),
    ...word(
      '\\b(it|test|describe|suite)(\\.\\w+)*\\.(on' + 'ly|to' + 'do|sk' + 'ip)\\(',
      'a test runs, or says with skipIf what it lacks'
    )
  ];
};

export const noAny: Rule = (source) => {
  if (!isCode(source)) return [];
  const file = scriptOf(source);
  const rule = 'any switches the compiler off for all who come after: say what it is, or unknown';
  const breaches: Breach[] = [];
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) {
      const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
      breaches.push({ path: source.path, line, rule, found: node.parent.getText(file) });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return breaches;
};

/** What a pure fold may not ask: the time, chance, the network, the console or the machine. */
export const pureDomain: Rule = (source) => {
  if (!source.path.startsWith('src/lib/domain/') || !isCode(source)) return [];
  const file = scriptOf(source);
  const rule = 'domain is pure: the same log and the same now give the same answer on every machine';
  const breaches: Breach[] = [];
  const impure = new Set(
    'fetch console process performance crypto setTimeout setInterval globalThis window'
      .split(' ')
      .filter((name) => !declares(file, name))
  );
  const visit = (node: ts.Node): void => {
    const found = impureAt(node, impure);
    if (found !== null) {
      const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
      breaches.push({ path: source.path, line, rule, found });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return breaches;
};

/** Whether a file gives the name a meaning of its own, as coaching does with the window in which calls are recorded. */
function declares(file: ts.SourceFile, name: string): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    const isOwn = ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node);
    found ||= isOwn && ts.isIdentifier(node.name) && node.name.text === name;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function impureAt(node: ts.Node, impure: ReadonlySet<string>): string | null {
  if (ts.isPropertyAccessExpression(node)) {
    const text = node.getText().replaceAll(/\s/g, '');
    if (text === 'Date.now' || text === 'Math.random') return text;
  }
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) return 'new Date()';
  if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return 'Date()';
  if (!ts.isIdentifier(node) || !impure.has(node.text)) return null;
  const { parent } = node;
  const isMember =
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent);
  return isMember ? null : node.text;
}

const hex = '#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\\b';
const colourFunction = '\\b(?:rgba?|hsla?|oklch|oklab)\\(';
const colourInStyles = new RegExp(`(?<![\\w.&{])${hex}(?=\\s*[;,)"'}\\s])|${colourFunction}`, 'gi');
/** In code a colour stands in quotes; without them it is a private field. */
const colourInCode = new RegExp(`['"\`]${hex}['"\`]|['"\`]${colourFunction}`, 'gi');
/** `app.html` names the colour of the browser's own frame, which no stylesheet reaches. */
const coloursAllowed = /^src\/lib\/styles\/tokens\.css$|^src\/app\.html$/;
export const coloursOnlyFromTokens: Rule = (source) => {
  if (!inSource(source) || coloursAllowed.test(source.path)) return [];
  const rule = 'colours stand in tokens.css, named for their role: elsewhere they would not follow light and dark';
  const colour = /\.(ts|js)$/.test(source.path) ? colourInCode : colourInStyles;
  return places(source, withoutComments(source), colour, rule);
};

const spokenAttributes = new Set(['aria-label', 'aria-description', 'title', 'alt', 'placeholder', 'label']);
const words = /\p{L}{2,}/u;
/** What people read comes from the messages, or it would stay Swedish for those who read English. */
export const textOnlyFromMessages: Rule = (source) => {
  if (!source.path.endsWith('.svelte') || !/^src\/(routes|lib\/components)\//.test(source.path)) return [];
  const rule = 'what people read comes from the messages, so that it exists in every language';
  const { fragment } = parse(source.text, { modern: true });
  const breaches: Breach[] = [];
  const say = (at: number, found: string): void => {
    breaches.push({ path: source.path, line: lineOf(source.text, at), rule, found: found.trim() });
  };
  visitMarkup(fragment, (node) => {
    if (node.type === 'Text' && words.test(node.data)) say(node.start, node.data);
    if (node.type !== 'Attribute' || !spokenAttributes.has(node.name) || !Array.isArray(node.value)) return;
    for (const part of node.value) if (part.type === 'Text' && words.test(part.data)) say(part.start, part.data);
  });
  return breaches;
};

/** Walks elements, blocks and their attributes; what stands inside braces is code, and attributes' texts are no markup. */
function visitMarkup(node: unknown, see: (node: AST.Text | AST.Attribute) => void): void {
  if (node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) return node.forEach((each) => visitMarkup(each, see));
  const typed = node as { type?: string };
  if (typed.type === 'Text') return see(node as AST.Text);
  if (typed.type === 'Attribute') return see(node as AST.Attribute);
  if (typed.type === 'StyleSheet' || typed.type === 'RegularElement_script') return;
  if ('name' in node && (node.name === 'style' || node.name === 'script')) return;
  for (const part of [
    'nodes',
    'fragment',
    'attributes',
    'body',
    'fallback',
    'consequent',
    'alternate',
    'pending',
    'then',
    'catch'
  ]) {
    if (part in node) visitMarkup((node as Record<string, unknown>)[part], see);
  }
}

const machine = new RegExp(
  ['/wo' + 'rk/', '/ho' + 'me/[a-z]', '/Us' + 'ers/[A-Za-z]', 'issues' + ' show', 'before-' + 'stop'].join('|'),
  'g'
);
const outside = new RegExp('\\.\\./sha' + 'red\\b', 'g');
/** For every text file of the project, documents included. */
export const nothingOfTheWorkshop: Rule = (source) => {
  const rule = 'no path of one machine and no tool of one workshop: the project is built by anybody, anywhere';
  const mayReachOutside = /^(tests\/|\.ci\/)/.test(source.path);
  return [
    ...places(source, source.text, machine, rule),
    ...(mayReachOutside ? [] : places(source, source.text, outside, rule))
  ];
};

/** Each runtime dependency has a line that says what it saves us and what would replace it, and no line has lost its own. */
export function dependencyBreaches(manifest: string, document: string): Breach[] {
  const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> };
  const told = new Map(
    [...document.matchAll(/^\|\s*`([^`]+)`\s*\|([^|]*)\|([^|]*)\|\s*$/gm)].map(
      ([, name = '', saves = '', instead = '']) => [name, saves.trim() !== '' && instead.trim() !== '']
    )
  );
  const path = 'docs/dependencies.md';
  const missing = Object.keys(dependencies).filter((name) => told.get(name) !== true);
  const stale = [...told.keys()].filter((name) => !(name in dependencies));
  return [
    ...missing.map((found) => ({
      path,
      line: 1,
      rule: 'a runtime dependency has a line: what it saves, what would replace it',
      found
    })),
    ...stale.map((found) => ({ path, line: 1, rule: 'a line without a dependency is history', found }))
  ];
}
