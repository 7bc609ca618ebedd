import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';

/** A file of ours as a rule sees it: rules read no disk, so that a bad example is a line in a test. */
export interface Source {
  /** From the project's root, with `/`. */
  path: string;
  text: string;
}
/** What a rule has to say: who broke which rule, and why there is one. */
export interface Breach {
  path: string;
  line: number;
  /** The rule, and the reason for it, in one sentence. */
  rule: string;
  found: string;
}
export interface Import {
  /** As written. */
  specifier: string;
  /** From the root for our own files, without an ending that was not written; null for a package. */
  path: string | null;
  /** Leaves nothing behind when the types are gone. */
  typeOnly: boolean;
  line: number;
}

const generated = ['src/lib/i18n/paraglide/', 'src/lib/operations/graphql-env.d.ts', 'src/lib/i18n/project.inlang/'];

/** Every file under these folders that a person wrote. */
export function sourcesUnder(...folders: string[]): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => posix.join(entry.parentPath.replaceAll('\\', '/'), entry.name))
      .filter((path) => !generated.some((prefix) => path.startsWith(prefix)))
      .filter((path) => /\.(ts|js|svelte|css|html)$/.test(path))
      .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
  );
}

export const isCode = ({ path }: Source): boolean => /\.(ts|js|svelte)$/.test(path);

/** The script of a file, on the lines where it stands; a component's markup and styles are blank. */
export function scriptOf({ path, text }: Source): ts.SourceFile {
  const blank = (other: string): string => other.replaceAll(/[^\n]/g, ' ');
  let script = text;
  if (path.endsWith('.svelte')) {
    script = '';
    let from = 0;
    for (const match of text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)) {
      const start = match.index + match[0].indexOf('>') + 1;
      script += blank(text.slice(from, start)) + match[1];
      from = start + (match[1]?.length ?? 0);
    }
    script += blank(text.slice(from));
  }
  return ts.createSourceFile(path, script, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
}

/** The same file without its comments, line for line: what is only said about is not done. */
export function withoutComments(source: Source): string {
  const blank = (match: string): string => match.replaceAll(/[^\n]/g, ' ');
  return source.text
    .replaceAll(/<!--[\s\S]*?-->/g, blank)
    .replaceAll(/\/\*[\s\S]*?\*\//g, blank)
    .replaceAll(/(^|[\s;{}(,])\/\/[^\n]*/g, blank);
}

export function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** Everything that a file imports or passes on, in whatever form. */
export function importsOf(source: Source): Import[] {
  const file = scriptOf(source);
  const imports: Import[] = [];
  const add = (node: ts.Node, specifier: string, typeOnly: boolean): void => {
    const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
    imports.push({ specifier, path: pathOf(source.path, specifier), typeOnly, line });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node, node.moduleSpecifier.text, isTypeOnly(node.importClause));
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node, node.moduleSpecifier.text, node.isTypeOnly);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [what] = node.arguments;
      if (what && ts.isStringLiteralLike(what)) add(node, what.text, false);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      const { literal } = node.argument;
      if (ts.isStringLiteral(literal)) add(node, literal.text, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return imports;
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  if (clause.name || !named || !ts.isNamedImports(named) || named.elements.length === 0) return false;
  return named.elements.every((element) => element.isTypeOnly);
}

function pathOf(from: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return posix.normalize(posix.join(posix.dirname(from), specifier));
  if (specifier === '$lib' || specifier.startsWith('$lib/')) return `src/lib${specifier.slice(4)}`;
  return null;
}
