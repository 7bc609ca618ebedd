import type { Viewer } from '../../domain/access.ts';
import type { PersonRole } from '../../domain/person.ts';
import { personOf } from './account.ts';
import { builder } from './builder.ts';
import { peopleRefusal, type PeopleRefusal } from './people.ts';
import { unit } from './queue.ts';
import { personRole } from './role.ts';

const LINE_PROBLEMS = [
  'name-missing',
  'name-long',
  'email-wrong',
  'email-twice',
  'role-unknown',
  'role-conflict',
  'unit-unknown'
] as const;
const FILE_FAULTS = ['empty', 'too-many', 'columns', 'quotes'] as const;
type LineProblem = { code: (typeof LINE_PROBLEMS)[number]; value: string };
export interface PeopleFileLine {
  line: number;
  name: string;
  email: string;
  roles: PersonRole[];
  units: { id: string; name: string }[];
  present: boolean;
  problems: LineProblem[];
}
export interface PeopleFilePreview {
  fault: (typeof FILE_FAULTS)[number] | null;
  faultLine: number | null;
  lines: PeopleFileLine[];
}
/** People from a file. Looking changes nothing; taking in is all or nothing. */
export interface PeopleFile {
  preview(text: string): Promise<PeopleFilePreview>;
  take(me: Extract<Viewer, { kind: 'person' }>, text: string): Promise<number | null>;
}

const insider = { insider: true } as const;
const problemCode = builder.enumType('PeopleLineProblemCode', {
  description: 'What is wrong with a line.',
  values: enumOf(LINE_PROBLEMS)
});
const fileFault = builder.enumType('PeopleFileFault', {
  description: 'Why a file cannot be read. COLUMNS: no column for the name or for the e-mail.',
  values: enumOf(FILE_FAULTS)
});

const problem = builder.objectRef<LineProblem>('PeopleLineProblem').implement({
  description: 'Something that is wrong with a line.',
  authScopes: insider,
  fields: (t) => ({
    code: t.expose('code', { type: problemCode, description: 'What it is.' }),
    value: t.exposeString('value', { description: 'The word of the line that is wrong; empty when it is missing.' })
  })
});
const line = builder.objectRef<PeopleFileLine>('PeopleFileLine').implement({
  description: 'What a line of the file would do.',
  authScopes: insider,
  fields: (t) => ({
    line: t.exposeInt('line', { description: 'Its number in the file; the heading is the first.' }),
    name: t.exposeString('name', { description: 'The name it gives.' }),
    email: t.exposeString('email', { description: 'The address it gives.' }),
    roles: t.expose('roles', { type: [personRole], description: 'The roles that were understood.' }),
    units: t.expose('units', { type: [unit], description: 'The units that were found.' }),
    present: t.exposeBoolean('present', { description: 'True when there is such a person: the line changes nothing.' }),
    problems: t.expose('problems', { type: [problem], description: 'What is wrong with it; empty when nothing is.' })
  })
});
const preview = builder.objectRef<PeopleFilePreview>('PeopleFilePreview').implement({
  description: 'What a file of people would do.',
  authScopes: insider,
  fields: (t) => ({
    fault: t.expose('fault', {
      type: fileFault,
      nullable: true,
      description: 'Why it cannot be read; null when it can.'
    }),
    faultLine: t.exposeInt('faultLine', {
      nullable: true,
      description: 'Where it cannot be read, when that is known.'
    }),
    lines: t.expose('lines', { type: [line], description: 'Each line that was read.' })
  })
});
type Taken = { refusal: PeopleRefusal | null; added: number | null };
const taken = builder.objectRef<Taken>('PeopleFileTaken').implement({
  description: 'What came of taking a file in. Neither refused nor added: something in it is wrong, look again.',
  authScopes: insider,
  fields: (t) => ({
    refusal: t.expose('refusal', { type: peopleRefusal, nullable: true, description: 'PROVE, or null.' }),
    added: t.exposeInt('added', { nullable: true, description: 'How many people were made.' })
  })
});

builder.mutationFields((t) => ({
  previewPeopleFile: t.field({
    type: preview,
    description: 'Reads a file of people (CSV, as text) and changes nothing.',
    authScopes: { act: 'change-people' },
    args: { text: t.arg.string({ description: 'The file as text, with its header line.', required: true }) },
    resolve: (_, { text }, { peopleFile }) => peopleFile.preview(text)
  }),
  importPeopleFile: t.field({
    type: taken,
    description: 'Makes the people of a file, all of them or none.',
    authScopes: { act: 'change-people' },
    args: { text: t.arg.string({ description: 'The same text that was looked at.', required: true }) },
    resolve: async (_, { text }, context): Promise<Taken> => {
      const me = personOf(context);
      if (!(await context.account.proven(me))) return { refusal: 'prove', added: null };
      return { refusal: null, added: await context.peopleFile.take(me, text) };
    }
  })
}));

function enumOf<Code extends string>(codes: readonly Code[]): Record<string, { value: Code }> {
  return Object.fromEntries(codes.map((value) => [value.toUpperCase().replaceAll('-', '_'), { value }]));
}
