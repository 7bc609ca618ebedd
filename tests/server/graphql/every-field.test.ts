import { getNamedType, isEnumType, isInterfaceType, isObjectType, type GraphQLNamedType } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { Role, Scope, Viewer } from '../../../src/lib/domain/access.ts';
import { schema } from '../../../src/lib/server/graphql/schema.ts';
import { ask, asking, rootFields } from '../../support/asking-fields.ts';
import { busy } from '../../support/frames.ts';

const ties = { boards: ['all'], queues: busy().queues.map(({ queue }) => queue.id) };
const person = (...roles: Role[]): Viewer => ({
  kind: 'person',
  personId: 'p',
  sessionId: 's',
  name: 'Amina Berg',
  roles,
  ties
});
const token = (...scopes: Scope[]): Viewer => ({ kind: 'integrator', tokenId: 't', scopes });

/** Whoever can ask, by a letter. Tied to everything there is, so that only the role decides here. */
const ASKERS: Record<string, Viewer | null> = {
  '0': null,
  P: person(),
  A: person('agent'),
  C: person('coach'),
  L: person('leader'),
  M: person('method-lead'),
  D: person('administrator'),
  i: token(),
  b: token('boards:read'),
  t: token('tallies:read'),
  n: token('announcements:write'),
  s: token('schema:read'),
  S: { kind: 'screen', screenId: 's', board: 'all' }
};

/**
 * Who may ask for each root field: the access table once more, written by hand, so that a change of who may see what is
 * always made twice. P is a person without a role, D an administrator; small letters are tokens by their scope.
 */
const MAY: Record<string, string> = {
  'query ownSessions': 'PACLMD',
  'query ownSignIn': 'PACLMD',
  'query ownAudit': 'PACLMD',
  'query audit': 'D',
  'query queues': 'ACLMDbtS',
  'query agentMembers': 'D',
  'query agentPeople': 'D',
  'query announcements': 'Ln',
  'query viewer': 'PACLMDibtnsS',
  'query boards': 'PACLMDibtnsS',
  'query wallboard': 'ACLMDbS',
  'query boardDefinitions': 'LD',
  'query boardPreview': 'LD',
  'query apiTokens': 'D',
  'query exchanges': 'D',
  'query firstSteps': 'D',
  'query namesByState': 'L',
  'query logHealth': 'D',
  'query openingHours': 'D',
  'query people': 'D',
  'query queueSettings': 'D',
  'query units': 'LD',
  'query screens': 'D',
  'query ownScreen': 'S',
  'query strip': 'A',
  'query stripSettings': 'A',
  'query pausing': 'A',
  'query recordings': 'D',
  'query retentionRules': 'PACLMD',
  'query tallies': 'ACLMt',
  'query rubric': 'ACLM',
  'query rubricVersion': 'ACLM',
  'query rubricVersions': 'ACLM',
  'query rubricDraft': 'M',
  'mutation draftRubric': 'M',
  'mutation saveRubricDraft': 'M',
  'mutation discardRubricDraft': 'M',
  'mutation publishRubric': 'M',
  'query draft': 'AC',
  'query me': 'A',
  'query participation': 'AC',
  'query coachPlans': 'C',
  'query coachingReminders': 'AC',
  'query rounds': 'M',
  'query round': 'M',
  'query roundMaterial': 'M',
  'query roundProgress': 'LM',
  'query insight': 'ACLMD',
  'query receivedHelpRequests': 'LM',
  'mutation prove': 'PACLMD',
  'mutation endSession': 'PACLMD',
  'mutation endOtherSessions': 'PACLMD',
  'mutation tieAgent': 'D',
  'mutation untieAgent': 'D',
  'mutation postAnnouncement': 'Ln',
  'mutation takeDownAnnouncement': 'Ln',
  'mutation saveBoard': 'D',
  'mutation removeBoard': 'LD',
  'mutation createApiToken': 'D',
  'mutation endFirstSteps': 'D',
  'mutation revokeApiToken': 'D',
  'mutation setOpeningHours': 'D',
  'mutation addPerson': 'D',
  'mutation setPersonRoles': 'D',
  'mutation setPersonUnits': 'D',
  'mutation setPersonDisabled': 'D',
  'mutation makePasswordLink': 'D',
  'mutation previewPeopleFile': 'D',
  'mutation importPeopleFile': 'D',
  'mutation setQueue': 'D',
  'mutation saveUnit': 'D',
  'mutation orderUnits': 'D',
  'mutation lookUpPairing': 'D',
  'mutation approvePairing': 'D',
  'mutation confirmPairing': 'D',
  'mutation identifyScreen': 'D',
  'mutation reloadScreen': 'D',
  'mutation moveScreen': 'D',
  'mutation revokeScreen': 'D',
  'mutation reportScreen': 'S',
  'mutation saveStripSettings': 'A',
  'mutation pauseSelf': 'A',
  'mutation allowRecording': 'D',
  'mutation forbidRecording': 'D',
  'mutation setRetentionRule': 'D',
  'mutation saveDraft': 'AC',
  'mutation chooseCall': 'A',
  'mutation withdrawCall': 'A',
  'mutation startBeside': 'A',
  'mutation stopBeside': 'A',
  'mutation handInReflection': 'A',
  'mutation takeBackReflection': 'A',
  'mutation writeLastWord': 'A',
  'mutation acknowledge': 'A',
  'mutation askForCorrection': 'A',
  'mutation agreeToCoachChange': 'A',
  'mutation wishAnotherCoach': 'A',
  'mutation leaveRound': 'A',
  'mutation agreeToResume': 'A',
  'mutation keepTexts': 'A',
  'mutation deleteTexts': 'A',
  'mutation shareEarlier': 'A',
  'mutation writePractice': 'A',
  'mutation sharePractice': 'A',
  'mutation deletePractice': 'A',
  'mutation releaseHelp': 'A',
  'mutation handInReading': 'C',
  'mutation takeBackReading': 'C',
  'mutation answerMustBeRight': 'C',
  'mutation openCorrection': 'C',
  'mutation skipReflection': 'AC',
  'mutation bookTalk': 'AC',
  'mutation proposeGoal': 'AC',
  'mutation agreeGoal': 'AC',
  'mutation holdTalk': 'AC',
  'mutation askForHelp': 'AC',
  'mutation saveRound': 'M',
  'mutation removeRound': 'M',
  'mutation openRound': 'M',
  'mutation closeRound': 'M',
  'mutation cancelRound': 'M',
  'mutation endParticipation': 'M',
  'mutation resumeParticipation': 'M',
  'mutation addParticipant': 'M',
  'mutation switchRubric': 'M',
  'mutation changeCoach': 'M',
  'subscription draftChanged': 'AC',
  'subscription wallboard': 'ACLMDbS',
  'subscription ownScreen': 'S',
  'subscription strip': 'A'
};

/** What a field is asked with, where just any value of the right kind would be refused for other reasons. */
const GIVEN: Record<string, Record<string, string>> = {
  'query tallies': { queues: JSON.stringify(ties.queues) },
  'mutation postAnnouncement': { queues: '[]' }
};

const fields = rootFields();
const named = fields.map(([kind, field]) => [`${kind} ${field.name}`, kind, field] as const);

describe('every field that can be asked for', () => {
  test('is in the table of this walk, and nothing else is', () => {
    expect(Object.keys(MAY).sort()).toEqual(named.map(([name]) => name).sort());
  });

  // Whoever is refused got no further than the role: what is answered cannot depend on whether an id is there.
  test.each(named)('%s: is let in to those whom the table names, and to nobody else', async (name, kind, field) => {
    let letters = '';
    for (const [letter, viewer] of Object.entries(ASKERS)) {
      const { came, touched } = await ask(kind, asking(kind, field, GIVEN[name]), viewer);
      if (came === 'let-in') letters += letter;
      else expect(touched, `${letter} reached what lies behind ${name}`).toBe(false);
    }
    expect(letters).toBe(MAY[name]);
  });
});

describe('every type that can be read', () => {
  /** The letters of all who can come to a type, by any way from a root. */
  const readers = new Map<string, Set<string>>();
  for (const [name, , field] of named) walk(getNamedType(field.type), MAY[name] ?? '');

  function walk(type: GraphQLNamedType, letters: string): void {
    const known = readers.get(type.name) ?? new Set();
    if ([...letters].every((letter) => known.has(letter)) && readers.has(type.name)) return;
    readers.set(type.name, new Set([...known, ...letters]));
    if (isInterfaceType(type)) for (const each of schema.getPossibleTypes(type)) walk(each, letters);
    if (isObjectType(type) || isInterfaceType(type))
      for (const field of Object.values(type.getFields())) walk(getNamedType(field.type), letters);
  }
  const typesFor = (letters: string) =>
    [...readers]
      .filter(([name]) => isObjectType(schema.getType(name)) && !isEnumType(schema.getType(name)))
      .filter(([, who]) => [...letters].some((letter) => who.has(letter)))
      .map(([name]) => name)
      .sort();

  test('a screen comes to these and no others: none of them has a person in it', () => {
    expect(typesFor('S')).toEqual([
      'AgentCounts',
      'AnswerTimes',
      'Board',
      'BoardAnnouncement',
      'BoardLayout',
      'BoardNow',
      'LastKnown',
      'Opening',
      'OwnScreen',
      'Position',
      'Queue',
      'QueueNow',
      'ScreenSize',
      'ServiceLevel',
      'SourceStatus',
      'Tally',
      'Unit',
      'Viewer',
      'WallboardFrame'
    ]);
  });
  test('a token comes to these and no others: none of them has a person in it', () => {
    expect(typesFor('ibtns')).toEqual([
      'AgentCounts',
      'Announcement',
      'AnswerTimes',
      'Board',
      'BoardAnnouncement',
      'BoardLayout',
      'BoardNow',
      'LastKnown',
      'Opening',
      'Position',
      'Posting',
      'Queue',
      'QueueNow',
      'QueueTally',
      'ScreenSize',
      'ServiceLevel',
      'SourceStatus',
      'Tally',
      'Unit',
      'Viewer',
      'WallboardFrame'
    ]);
  });
  test.each(['Person', 'PeopleFilePreview', 'PasswordLink'])('%s is for administrators only', (name) => {
    expect([...(readers.get(name) ?? [])]).toEqual(['D']);
  });
  test('a stranger comes to none', () => {
    expect(typesFor('0')).toEqual([]);
  });

  test('nobody who slipped past a root reads one: each asks once more whether anybody was let in', () => {
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type) || type.name.startsWith('__') || roots.some((root) => root === type)) continue;
      const options = type.extensions.pothosOptions as { authScopes: unknown };
      expect(options.authScopes, type.name).toEqual({ insider: true });
    }
  });
});
