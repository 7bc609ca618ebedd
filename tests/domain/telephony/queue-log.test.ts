import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../src/lib/domain/telephony/call.ts';
import type { CallEvent, Quality, Told } from '../../../src/lib/domain/telephony/event.ts';
import { queueLogLine } from '../../../src/lib/domain/telephony/queue-log-line.ts';
import { QueueLogStays } from '../../../src/lib/domain/telephony/queue-log-stays.ts';
import { reconcileQueueLog } from '../../../src/lib/domain/telephony/queue-log.ts';
import { captureNames, loadCapture } from '../../support/captures.ts';
import { EntryBook } from '../../support/entry-book.ts';

const second = 1_795_283_728;
const at = second * 1000;

/** Lines as `+seconds uniqueid queue member VERB args`, so that a story can be read. */
function log(...lines: string[]): string[] {
  return lines.map((line) => {
    const [, plus, rest] = /^\+(\d+) (.*)$/.exec(line)!;
    return `${second + Number(plus)}|${rest!.replaceAll(' ', '|')}`;
  });
}

function reconcile(book: EntryBook, lines: string[], options: { skewMs?: number } = {}): Told[] {
  const stays = new QueueLogStays();
  const over = lines.flatMap((text) => {
    const line = queueLogLine(text);
    if (typeof line === 'string') throw new Error(`${line}: ${text}`);
    return stays.take(line);
  });
  over.push(...stays.rest());
  const context = {
    source: 'pbx',
    seenAt: at + 3_600_000,
    skewMs: options.skewMs ?? 0,
    agentKey: (member: string) => member.replace('Ada', 'PJSIP/ada'),
    restarts: stays.restarts
  };
  return book.write(reconcileQueueLog(book.all(), over, context));
}

/** What the manager interface had told before, at ms after the first second. */
function seen(...events: [ms: number, quality: Quality, event: CallEvent][]): EntryBook {
  const book = new EntryBook('pbx');
  events.forEach(([ms, quality, event], n) =>
    book.write([{ at: at + ms, seenAt: at + ms, key: `ami/${n}`, lane: 'live', quality, event }])
  );
  return book;
}
const entry = `pbx/1.0/vaxel/${second}`;
const offered: CallEvent = { kind: 'CallOffered', call: 'pbx/1.0', entry, queue: 'vaxel', channel: '1.0' };
const answered: CallEvent = { kind: 'CallAnswered', entry, agent: 'PJSIP/ada' };
const only = (book: EntryBook): Entry => {
  expect(book.entries.size).toBe(1);
  return book.all()[0]!;
};

describe('a line of queue_log', () => {
  it.each([
    ['ENTERQUEUE', '||0701740605|1'],
    ['CONNECT', '|4|1795283728.1|4'],
    ['COMPLETEAGENT', '|4|10|1'],
    ['COMPLETECALLER', '|4|10|1'],
    ['ABANDON', '|1|1|9'],
    ['EXITWITHTIMEOUT', '|1|1|15'],
    ['EXITEMPTY', '|2|3|4'],
    ['EXITWITHKEY', '|1|1|1|7'],
    ['WITHDRAW', '|1|1|7|to the night queue'],
    ['RINGNOANSWER', '|12000'],
    ['RINGCANCELED', '|1999'],
    ['BLINDTRANSFER', '|6001|internal|3|5|1'],
    ['ATTENDEDTRANSFER', '|BRIDGE|1fd11fe2|3|11|1'],
    ['ATTENDEDTRANSFER', '|LINK|PJSIP/a-1|PJSIP/b-2|3|11|1'],
    ['ATTENDEDTRANSFER', '|APP|Queue|3|11|1'],
    ['AGENTDUMP', ''],
    ['OURS', '|anything|the dial plan|writes']
  ])('of the verb %s%s is read', (verb, args) => {
    expect(queueLogLine(`${second}|1.0|vaxel|Ada|${verb}${args}`)).toEqual({
      second,
      uniqueid: '1.0',
      queue: 'vaxel',
      member: 'Ada',
      verb,
      args: args.split('|').slice(1)
    });
  });

  it.each([
    'PAUSEALL|Möte',
    'UNPAUSEALL|',
    'PAUSE|',
    'UNPAUSE|',
    'ADDMEMBER|PAUSED',
    'REMOVEMEMBER|',
    'PENALTY|5',
    'RINGINUSE|1',
    'CONFIGRELOAD|',
    'QUEUESTART|'
  ])('that is of no call, %s, is read', (rest) => {
    expect(queueLogLine(`${second}|NONE|NONE|Ada|${rest}`)).toMatchObject({ verb: rest.split('|')[0] });
  });

  it.each([
    ['no-time', 'yesterday|1.0|vaxel|Ada|CONNECT|4'],
    ['no-time', '17952837281795283728|1.0|vaxel|Ada|CONNECT|4'],
    ['no-time', '12|1.0|vaxel|Ada|CONNECT|4'],
    ['no-time', ''],
    ['too-few-fields', `${second}|1.0|vax`],
    ['no-call', `${second}|NONE|vaxel|NONE|ENTERQUEUE||070|1`],
    ['no-call', `${second}|1.0||NONE|ABANDON|1|1|3`],
    ['missing-argument', `${second}|1.0|vaxel|NONE|ABANDON|1`],
    ['not-a-number', `${second}|1.0|vaxel|Ada|CONNECT|soon`],
    ['not-a-number', `${second}|1.0|vaxel|Ada|COMPLETEAGENT|4|-1|1`],
    ['too-long', `${second}|1.0|vaxel|Ada|PAUSE|${'x'.repeat(3000)}`]
  ])('that is broken is called %s', (why, text) => {
    expect(queueLogLine(text)).toBe(why);
  });

  it('of every capture is read', () => {
    for (const name of captureNames())
      for (const text of loadCapture(name).queueLog.trim().split('\n')) expect(queueLogLine(text)).toBeTypeOf('object');
  });
});

describe('a stay that nobody saw', () => {
  it('answered, and ended by the caller, is told whole and in history only', () => {
    const book = new EntryBook('pbx');
    const told = reconcile(
      book,
      log(
        '+0 1.0 vaxel NONE ENTERQUEUE  0701 1',
        '+4 1.0 vaxel Ada CONNECT 4 1.1 4',
        '+14 1.0 vaxel Ada COMPLETECALLER 4 10 1'
      )
    );
    expect(new Set(told.map(({ lane, quality }) => `${lane} ${quality}`))).toEqual(new Set(['history second']));
    expect(told.map(({ key }) => key)).toEqual([
      `ql|${second}|1.0|vaxel|ENTERQUEUE|1`,
      `ql|${second + 4}|1.0|vaxel|CONNECT|1`,
      `ql|${second + 14}|1.0|vaxel|COMPLETECALLER|1`
    ]);
    expect(only(book)).toMatchObject({
      ...{ id: entry, offeredAt: at, caller: '0701', outcome: 'answered', answeredAt: at + 4000 },
      ...{ agent: 'PJSIP/ada', talkEndedAt: at + 14_000, by: 'caller', passedOn: null }
    });
  });

  it.each([
    ['ABANDON 1 1 9', { outcome: 'abandoned', why: null }],
    ['EXITWITHTIMEOUT 1 1 9', { outcome: 'overflowed', why: 'time-out' }],
    ['EXITEMPTY 1 1 9', { outcome: 'overflowed', why: 'empty' }],
    ['EXITWITHKEY 5 1 1 9', { outcome: 'overflowed', why: 'key', pressed: '5' }],
    ['WITHDRAW 1 1 9 night', { outcome: 'overflowed', why: 'withdrawn' }]
  ])('that ended with %s is told so', (verb, told) => {
    const book = new EntryBook('pbx');
    reconcile(book, log('+0 1.0 vaxel NONE ENTERQUEUE  anonymous 1', `+9 1.0 vaxel NONE ${verb}`));
    expect(only(book)).toMatchObject({ caller: null, leftAt: at + 9000, ...told });
  });

  it.each([
    ['BLINDTRANSFER 6001 internal 4 6 1', 'blind'],
    ['TRANSFER 6001 internal 4 6 1', 'blind'],
    ['ATTENDEDTRANSFER LINK a b 4 6 1', 'attended']
  ])('that ended with %s was passed on, and where to is told nowhere', (verb, how) => {
    const book = new EntryBook('pbx');
    reconcile(
      book,
      log('+0 1.0 vaxel NONE ENTERQUEUE  0701 1', '+4 1.0 vaxel Ada CONNECT 4 1.1 4', `+10 1.0 vaxel Ada ${verb}`)
    );
    expect(only(book)).toMatchObject({ passedOn: how, by: 'passed-on', passedOnTo: null, talkEndedAt: at + 10_000 });
    expect(JSON.stringify(book.told)).not.toContain('6001');
  });

  it('given up and then in a queue again on the same channel was moved: who has hung up cannot join', () => {
    const book = new EntryBook('pbx');
    reconcile(
      book,
      log(
        '+0 1.0 vaxel NONE ENTERQUEUE  0701 1',
        '+9 1.0 vaxel NONE ABANDON 1 1 9',
        '+9 1.0 forskola NONE ENTERQUEUE  0701 1',
        '+20 1.0 forskola NONE ABANDON 1 1 11'
      )
    );
    expect(book.all().map((one) => [one.queue, one.outcome, one.why, one.from])).toEqual([
      ['vaxel', 'overflowed', 'moved', null],
      ['forskola', 'abandoned', null, 'vaxel']
    ]);
  });

  it('talking and then in a queue again on the same channel was redirected', () => {
    const book = new EntryBook('pbx');
    reconcile(
      book,
      log(
        '+0 1.0 vaxel NONE ENTERQUEUE  0701 1',
        '+4 1.0 vaxel Ada CONNECT 4 1.1 4',
        '+9 1.0 forskola NONE ENTERQUEUE  0701 1',
        '+12 1.0 forskola Bo CONNECT 3 1.2 3',
        '+20 1.0 vaxel Ada COMPLETECALLER 4 16 1',
        '+20 1.0 forskola Bo COMPLETECALLER 3 8 1'
      )
    );
    expect(book.all().map((one) => [one.queue, one.agent, one.passedOn, one.by, one.talkEndedAt])).toEqual([
      ['vaxel', 'PJSIP/ada', 'redirect', 'passed-on', at + 9000],
      ['forskola', 'Bo', null, 'caller', at + 20_000]
    ]);
  });

  it('twice in the same queue within a second is two entries', () => {
    const book = new EntryBook('pbx');
    const lines = log(
      '+0 1.0 vaxel NONE ENTERQUEUE  0701 1',
      '+0 1.0 vaxel NONE EXITWITHKEY 1 1 1 0',
      '+0 1.0 vaxel NONE ENTERQUEUE  0701 1',
      '+0 1.0 vaxel NONE EXITWITHKEY 2 1 1 0'
    );
    reconcile(book, lines);
    expect(book.all().map(({ id, pressed }) => [id, pressed])).toEqual([
      [entry, '1'],
      [`${entry}/2`, '2']
    ]);
    expect(reconcile(book, lines)).toEqual([]);
  });

  it('cut short by a crash of the PBX was lost, and the talks ended with it', () => {
    const book = new EntryBook('pbx');
    reconcile(
      book,
      log(
        '+0 1.0 vaxel NONE ENTERQUEUE  0701 1',
        '+1 2.0 vaxel NONE ENTERQUEUE  0702 1',
        '+4 1.0 vaxel Ada CONNECT 4 1.1 4',
        '+30 NONE NONE NONE QUEUESTART '
      )
    );
    expect(
      book.all().map(({ outcome, why, by, leftAt, talkEndedAt }) => [outcome, why, by, leftAt ?? talkEndedAt])
    ).toEqual([
      ['answered', null, 'pbx', at + 30_000],
      ['lost', 'gap', null, at + 30_000]
    ]);
  });

  it('that still waits when the file ends is not told of', () => {
    expect(reconcile(new EntryBook('pbx'), log('+0 1.0 vaxel NONE ENTERQUEUE  0701 1'))).toEqual([]);
  });

  it('is told by our clock, not by that of the PBX', () => {
    const book = new EntryBook('pbx');
    reconcile(book, log('+9 1.0 vaxel NONE ENTERQUEUE  0701 1', '+12 1.0 vaxel NONE ABANDON 1 1 3'), { skewMs: 8_500 });
    expect(only(book)).toMatchObject({ offeredAt: at + 500, leftAt: at + 3_500 });
  });
});

describe('an entry that we saw', () => {
  const enter = '+0 1.0 vaxel NONE ENTERQUEUE  0701 1';
  const left = (why: 'unstated' | 'moved'): [number, Quality, CallEvent] => [
    9100,
    'exact',
    { kind: 'CallOverflowed', entry, why }
  ];

  it.each([
    ['unstated', 'EXITWITHTIMEOUT 1 1 9', { why: 'time-out' }],
    ['unstated', 'EXITEMPTY 1 1 9', { why: 'empty' }],
    ['moved', 'EXITWITHTIMEOUT 1 1 9', { why: 'time-out' }],
    ['moved', 'EXITWITHKEY 2 1 1 9', { why: 'key', pressed: '2' }],
    ['unstated', 'WITHDRAW 1 1 9 x', { why: 'withdrawn' }]
  ] as const)('leaving as %s learns why from %s, and nothing else', (why, verb, learnt) => {
    const book = seen([200, 'exact', offered], left(why));
    const before = only(book);
    const lines = log(enter, `+9 1.0 vaxel NONE ${verb}`);
    expect(reconcile(book, lines)).toMatchObject([
      { lane: 'history', event: { kind: 'EntryCorrected', evidence: 'queue-log' } }
    ]);
    expect(only(book)).toEqual({ ...before, ...learnt, revisedAt: at + 3_600_000 });
    expect(reconcile(book, lines)).toEqual([]);
  });

  it.each<[string, [number, Quality, CallEvent][], string[]]>([
    ['moved, though it says ABANDON', [[200, 'exact', offered], left('moved')], ['+9 1.0 vaxel NONE ABANDON 1 1 9']],
    [
      'unstated, though it says ABANDON',
      [[200, 'exact', offered], left('unstated')],
      ['+9 1.0 vaxel NONE ABANDON 1 1 9']
    ],
    [
      'ended by the PBX, though it says ABANDON',
      [
        [200, 'exact', offered],
        [9100, 'exact', { kind: 'CallLost', entry, why: 'pbx-ended' }]
      ],
      ['+9 1.0 vaxel NONE ABANDON 1 1 9']
    ],
    [
      'abandoned',
      [
        [200, 'exact', offered],
        [9100, 'exact', { kind: 'CallAbandoned', entry }]
      ],
      ['+9 1.0 vaxel NONE EXITWITHTIMEOUT 1 1 9']
    ],
    [
      'passed on, though it says COMPLETE',
      [
        [200, 'exact', offered],
        [4300, 'exact', answered],
        [9100, 'exact', { kind: 'CallPassedOn', entry, agent: 'PJSIP/ada', how: 'blind' }],
        [9100, 'exact', { kind: 'TalkEnded', entry, agent: 'PJSIP/ada', by: 'passed-on' }]
      ],
      ['+4 1.0 vaxel Ada CONNECT 4 1.1 4', '+19 1.0 vaxel Ada COMPLETEAGENT 4 15 1']
    ],
    [
      'answered and ended, by exact times',
      [
        [900, 'exact', offered],
        [4300, 'exact', answered],
        [9900, 'exact', { kind: 'TalkEnded', entry, agent: 'PJSIP/ada', by: 'caller' }]
      ],
      ['+4 1.0 vaxel Ada CONNECT 4 1.1 4', '+9 1.0 vaxel Ada BLINDTRANSFER 6001 internal 4 5 1']
    ],
    [
      'still talking to us',
      [
        [200, 'estimated', offered],
        [4300, 'estimated', answered]
      ],
      ['+4 1.0 vaxel Ada CONNECT 4 1.1 4', '+9 1.0 vaxel Ada COMPLETECALLER 4 5 1']
    ],
    ['still waiting to us', [[200, 'estimated', offered]], ['+9 1.0 vaxel NONE EXITEMPTY 1 1 9']]
  ])('%s stays exactly as it is', (_, events, lines) => {
    const book = seen(...events);
    const before = only(book);
    expect(reconcile(book, log(enter, ...lines))).toEqual([]);
    expect(only(book)).toEqual(before);
  });

  const lost: [number, Quality, CallEvent] = [7000, 'estimated', { kind: 'CallLost', entry, why: 'gap' }];
  it('and lost in a gap becomes what the log says: given up', () => {
    const book = seen([200, 'exact', offered], lost);
    reconcile(book, log(enter, '+9 1.0 vaxel NONE ABANDON 1 1 9'));
    expect(only(book)).toMatchObject({ outcome: 'abandoned', why: null, leftAt: at + 9000, offeredAt: at + 200 });
  });

  it.each([
    ['two seconds before the log says', -2000, 1],
    ['more than two seconds before', -2001, 2],
    // The log cuts its second off, so what we saw exactly may be nearly a second later.
    ['up to three seconds after', 3000, 1],
    ['more than three seconds after', 3001, 2]
  ])('is the same stay when we saw it join %s', (_, off, stays) => {
    const book = seen([off, 'exact', offered], lost);
    reconcile(book, log(enter, '+9 1.0 vaxel NONE ABANDON 1 1 9'));
    expect(book.entries).toHaveLength(stays);
  });

  it('and lost in a gap becomes what the log says: answered and passed on', () => {
    const book = seen([200, 'exact', offered], lost);
    const lines = log(
      enter,
      '+8 1.0 vaxel Ada CONNECT 8 1.1 4',
      '+19 1.0 vaxel Ada BLINDTRANSFER 6001 internal 8 11 1'
    );
    reconcile(book, lines);
    const told = { outcome: 'answered', agent: 'PJSIP/ada', answeredAt: at + 8000, answeredQuality: 'second' };
    expect(only(book)).toMatchObject({
      ...told,
      talkEndedAt: at + 19_000,
      by: 'passed-on',
      passedOn: 'blind',
      why: null
    });
    expect(reconcile(book, lines)).toEqual([]);
  });

  it('and lost in a gap in which the PBX was started anew stays lost: it writes ABANDON for everybody', () => {
    const book = seen([200, 'exact', offered], lost);
    const before = only(book);
    const lines = log(enter, '+9 1.0 vaxel NONE ABANDON 1 1 9', '+14 NONE NONE NONE QUEUESTART ');
    expect(reconcile(book, lines)).toEqual([]);
    expect(only(book)).toEqual(before);
  });

  it('but a restart long after the gap has nothing to do with it', () => {
    const book = seen([200, 'exact', offered], lost);
    reconcile(book, log(enter, '+9 1.0 vaxel NONE ABANDON 1 1 9', '+900 NONE NONE NONE QUEUESTART '));
    expect(only(book).outcome).toBe('abandoned');
  });

  it('only after it had joined gets its times from the log', () => {
    const book = seen(
      [1400, 'estimated', offered],
      [3000, 'estimated', answered],
      [12_000, 'estimated', { kind: 'TalkEnded', entry, agent: 'PJSIP/ada', by: 'unstated' }]
    );
    const lines = log(enter, '+4 1.0 vaxel Ada CONNECT 4 1.1 4', '+9 1.0 vaxel Ada COMPLETECALLER 4 5 1');
    reconcile(book, lines);
    expect(only(book)).toMatchObject({
      ...{ offeredAt: at, offeredQuality: 'second', answeredAt: at + 4000, answeredQuality: 'second' },
      ...{ talkEndedAt: at + 9000, by: 'caller' }
    });
    expect(reconcile(book, lines)).toEqual([]);
  });

  it('is not the same as one that joined four seconds later', () => {
    const book = seen([4000, 'exact', offered], [9100, 'exact', { kind: 'CallAbandoned', entry }]);
    reconcile(book, log(enter, '+1 1.0 vaxel NONE EXITWITHKEY 1 1 1 1'));
    expect(book.entries.size).toBe(2);
  });
});

describe('every capture', () => {
  it.each(captureNames())('told twice is told once: %s', (name) => {
    const book = new EntryBook('pbx');
    const lines = loadCapture(name).queueLog.trim().split('\n');
    expect(reconcile(book, lines).length).toBeGreaterThan(0);
    expect(reconcile(book, lines)).toEqual([]);
    const entered = lines.filter((line) => line.includes('|ENTERQUEUE|')).length;
    expect(book.entries.size).toBe(entered);
  });
});
