import { CsvError, parse } from 'csv-parse/sync';
import type { Kysely } from 'kysely';
import {
  isPersonRole,
  looksLikeEmail,
  NAME_LENGTH_MOST,
  plainEmail,
  roleConflict,
  type PersonRole
} from '../../domain/person.ts';
import type { Actor } from './audit.ts';
import type { People } from './people.ts';
import type { IdentityTables } from './tables.ts';

export type LineProblem =
  'name-missing' | 'name-long' | 'email-wrong' | 'email-twice' | 'role-unknown' | 'role-conflict' | 'unit-unknown';
export interface FileLine {
  line: number;
  name: string;
  email: string;
  roles: PersonRole[];
  units: { id: string; name: string }[];
  /** Whether there is such a person already: the line is then left out and changes nothing. */
  present: boolean;
  /** What is wrong, and the word that is. Empty when the line can be taken in. */
  problems: { code: LineProblem; value: string }[];
}
/** What a file would do. `fault` is about the file as a whole, and then there are no lines. */
export interface FilePreview {
  fault: 'empty' | 'too-many' | 'columns' | 'quotes' | null;
  /** Where a file that cannot be read goes wrong, when that is known. */
  faultLine: number | null;
  lines: FileLine[];
}
export const LINES_MOST = 1_000;

/** What a column may be called, in lower case. */
const COLUMNS = {
  name: ['namn', 'name'],
  email: ['e-post', 'epost', 'e-postadress', 'email', 'e-mail', 'mail'],
  roles: ['roller', 'roll', 'roles', 'role'],
  units: ['enheter', 'enhet', 'units', 'unit']
} as const;
type Column = keyof typeof COLUMNS;

/** The roles as they are called on the screen, in both languages, and by their own names. */
const ROLE_WORDS: Readonly<Record<string, PersonRole>> = {
  servicevägledare: 'agent',
  enhetschef: 'leader',
  'unit manager': 'leader',
  metodansvarig: 'method-lead',
  'method lead': 'method-lead',
  administratör: 'administrator'
};
const roleOf = (word: string): PersonRole | null => {
  const plain = word.toLowerCase();
  return isPersonRole(plain) ? plain : (ROLE_WORDS[plain] ?? null);
};

/** Reads a file of people without changing anything: what each line would do, and what is wrong with it. */
export async function previewPeople(db: Kysely<IdentityTables>, text: string): Promise<FilePreview> {
  const read = records(text);
  if ('fault' in read) return { fault: read.fault, faultLine: read.line, lines: [] };
  const [people, units] = await Promise.all([
    db.selectFrom('person').select('email').execute(),
    db.selectFrom('unit').select(['id', 'name']).execute()
  ]);
  const present = new Set(people.map(({ email }) => email));
  const seen = new Set<string>();
  const lines = read.rows.map(({ line, cells }): FileLine => {
    const [name, email] = [cells.name, plainEmail(cells.email)];
    const problems: FileLine['problems'] = [];
    if (!name) problems.push({ code: 'name-missing', value: '' });
    if ([...name].length > NAME_LENGTH_MOST) problems.push({ code: 'name-long', value: name.slice(0, 20) });
    if (!looksLikeEmail(email)) problems.push({ code: 'email-wrong', value: cells.email });
    else if (seen.has(email)) problems.push({ code: 'email-twice', value: email });
    seen.add(email);
    const roles: PersonRole[] = [];
    for (const word of words(cells.roles)) {
      const role = roleOf(word);
      if (role) roles.push(role);
      else problems.push({ code: 'role-unknown', value: word });
    }
    if (roleConflict(roles)) problems.push({ code: 'role-conflict', value: cells.roles });
    const own: FileLine['units'] = [];
    for (const word of words(cells.units)) {
      const unit = units.find(({ id, name }) => id === word || name.toLowerCase() === word.toLowerCase());
      if (unit) own.push(unit);
      else problems.push({ code: 'unit-unknown', value: word });
    }
    return { line, name, email, roles: [...new Set(roles)], units: own, present: present.has(email), problems };
  });
  return { fault: null, faultLine: null, lines };
}

/** Takes a file in, all of it or nothing: null when something in it is wrong, else how many people were made. */
export async function importPeople(
  db: Kysely<IdentityTables>,
  people: People,
  text: string,
  actor: Actor
): Promise<number | null> {
  return db.transaction().execute(async (inside) => {
    const { fault, lines } = await previewPeople(inside, text);
    if (fault || lines.some(({ problems }) => problems.length > 0)) return null;
    const missing = lines.filter(({ present }) => !present);
    for (const { name, email, roles, units } of missing)
      await people.add({ name, email, roles, units: units.map(({ id }) => id) }, actor, inside);
    return missing.length;
  });
}

type Row = { line: number; cells: Record<Column, string> };

function records(text: string): { rows: Row[] } | { fault: NonNullable<FilePreview['fault']>; line: number | null } {
  let read: { info: { lines: number }; record: string[] }[];
  try {
    // Excel writes semicolons where a comma is decimal, and tabs when one copies: the heading tells which.
    read = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      trim: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      to: LINES_MOST + 2
    }) as unknown as typeof read;
  } catch (error) {
    if (error instanceof CsvError) return { fault: 'quotes', line: Number(error.lines) || null };
    throw error;
  }
  const [head, ...rest] = read;
  if (!head || rest.length === 0) return { fault: 'empty', line: null };
  if (rest.length > LINES_MOST) return { fault: 'too-many', line: null };
  const names = head.record.map((name) => name.toLowerCase());
  const place = (column: Column) => names.findIndex((name) => (COLUMNS[column] as readonly string[]).includes(name));
  const places = { name: place('name'), email: place('email'), roles: place('roles'), units: place('units') };
  if (places.name < 0 || places.email < 0) return { fault: 'columns', line: 1 };
  const rows = rest.map(({ info, record }) => {
    const cell = (column: Column) => record[places[column]] ?? '';
    return {
      line: info.lines,
      cells: { name: cell('name'), email: cell('email'), roles: cell('roles'), units: cell('units') }
    };
  });
  return { rows };
}

function delimiterOf(text: string): string {
  const [head = ''] = text.split(/\r?\n/, 1);
  const counted = [';', '\t', ','].map((sign) => ({ sign, count: head.split(sign).length }));
  return counted.reduce((most, each) => (each.count > most.count ? each : most)).sign;
}

/** Several in one cell stand with a comma, a slash, a plus or a bar between: the semicolon is the file's own. */
const words = (cell: string): string[] =>
  cell
    .split(/[,/+|]/)
    .map((word) => word.trim())
    .filter(Boolean);
