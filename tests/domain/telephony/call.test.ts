import { describe, expect, it } from 'vitest';
import { runTimeline } from '../../support/timeline.ts';

describe('a caller waits and is answered, or leaves', () => {
  it('the answer time runs from the queue to the answer, and a short abandon is told from a long one', () => {
    runTimeline(`
      10:00:00  vaxel  call 1 offered              →  waiting 1, 1 offered today, in the 10:00 quarter
      10:00:15  vaxel  call 1 answered by Ada      →  waiting 0, answer time 15 s, in the 10:00 quarter
      10:00:16  vaxel  call 2 offered              →  waiting 1
      10:00:20  vaxel  call 2 abandoned            →  waiting 0, short abandon
      10:00:30  vaxel  call 3 offered
      10:00:36  vaxel  call 3 abandoned            →  not short, wait 6 s, service level 0.5 of 2
    `);
  });

  it('five seconds exactly is a short abandon, and a millisecond more is not', () => {
    runTimeline(`
      10:00:00      vaxel  call 1 offered
      10:00:05      vaxel  call 1 abandoned        →  short abandon, service level none of 0
      10:00:10      vaxel  call 2 offered
      10:00:15.001  vaxel  call 2 abandoned        →  not short, service level 0 of 1
    `);
  });

  it('an answer within the target to the millisecond is in time', () => {
    runTimeline(`
      10:00:00      vaxel  call 1 offered
      10:01:00      vaxel  call 1 answered by Ada  →  1 answered in time today
      10:02:00      vaxel  call 2 offered
      10:03:00.001  vaxel  call 2 answered by Bo   →  1 answered in time today, service level 0.5 of 2
    `);
  });

  it('overflow, loss and refusal are told apart and count neither as answered nor abandoned', () => {
    runTimeline(`
      10:00:00  vaxel  call 1 offered
      10:00:00  vaxel  call 2 offered
      10:00:00  vaxel  call 3 offered              →  waiting 3
      10:03:00  vaxel  call 1 overflowed, key 1    →  waiting 2, 1 overflowed today, call 1 is overflowed by key
      10:03:01  vaxel  call 2 overflowed, time-out →  2 overflowed today
      10:03:02  vaxel  call 3 lost, pbx-ended      →  waiting 0, 1 lost today, call 3 is lost by pbx-ended
      10:03:03  vaxel  call 4 refused, full        →  1 refused today, 3 offered today, in the 10:00 quarter
    `);
  });

  it('a call moved to another queue is offered again there, and is still one call', () => {
    runTimeline(`
      10:00:00  vaxel    call 1 offered                  →  1 calls today
      10:02:00  vaxel    call 1 overflowed, moved        →  waiting 0
      10:02:00  forskola call 1 offered from vaxel       →  waiting 1, 1 offered today, 1 calls today
      10:02:10  forskola call 1 answered by Ada          →  answer time 10 s
      10:05:00  vaxel    call 2 offered                  →  2 offered today, 2 calls today
    `);
  });

  it('who waits through a quarter is carried out of it and into the next', () => {
    runTimeline(`
      10:10:00  vaxel  call 1 offered
      10:46:00  vaxel  call 1 answered by Ada  →  10:00 quarter 1 offered, 10:00 quarter 1 carried out, 10:15 quarter 1 carried in, 10:15 quarter 1 carried out, 10:15 quarter 0 offered, 10:30 quarter 1 carried in, 10:45 quarter 1 carried in, 10:45 quarter 0 carried out, 10:45 quarter 1 answered
    `);
  });

  it('who waits over midnight is carried into the new day, before and after being answered', () => {
    runTimeline(`
      23:50:00  vaxel  call 1 offered          →  1 offered today, 0 carried in today, 1 calls today
      24:00:00  vaxel  all is quiet            →  waiting 1, 0 offered today, 1 carried in today, 0 calls today
      24:05:00  vaxel  call 1 answered by Ada  →  answer time 900 s, 1 answered today, 1 carried in today
    `);
  });
});

describe('an answered call', () => {
  it('talk, hold and wrap-up are credited to the quarter in which the wrap-up ends', () => {
    runTimeline(`
      10:00:00  vaxel  call 1 offered
      10:00:10  vaxel  call 1 answered by Ada
      10:01:00  vaxel  call 1 held
      10:01:30  vaxel  call 1 resumed
      10:14:50  vaxel  call 1 talk ended by caller, wrap-up 30 s  →  talk time 850 s, hold time 30 s, wrap-up time 30 s, solved directly, 10:00 quarter 0 handled, 10:15 quarter 1 handled, 10:15 quarter 850000 talk ms
    `);
  });

  it('a hold that lasts until the end is hold', () => {
    runTimeline(`
      10:00:00  vaxel  call 1 offered
      10:00:10  vaxel  call 1 answered by Ada
      10:01:00  vaxel  call 1 held
      10:01:20  vaxel  call 1 talk ended by agent  →  talk time 50 s, hold time 20 s
    `);
  });

  it.each(['blind', 'attended', 'redirect'])('passed on (%s) is not solved directly', (how) => {
    runTimeline(`
      10:00:00  vaxel  call 1 offered
      10:00:10  vaxel  call 1 answered by Ada
      10:01:00  vaxel  call 1 passed on, ${how} to skola
      10:01:00  vaxel  call 1 talk ended by passed-on  →  passed on, talk time 50 s, 10:00 quarter 0 solved directly
    `);
  });

  it('the next answer, a pause or a sign-off ends the wrap-up before its time', () => {
    runTimeline(`
      10:00:00  vaxel  Ada signs in
      10:00:00  vaxel  call 1 offered
      10:00:10  vaxel  call 1 answered by Ada
      10:01:00  vaxel  call 1 talk ended by caller, wrap-up 60 s  →  Ada wrapping up, wrap-up time 60 s
      10:01:05  vaxel  call 2 offered
      10:01:15  vaxel  call 2 answered by Ada                     →  call 1 wrap-up time 15 s, Ada talking
      10:02:00  vaxel  call 2 talk ended by caller, wrap-up 60 s
      10:02:20  vaxel  Ada pauses                                 →  call 2 wrap-up time 20 s, Ada paused
      10:03:00  vaxel  Ada is back
      10:03:00  vaxel  call 3 offered
      10:03:01  vaxel  call 3 answered by Ada
      10:04:00  vaxel  call 3 talk ended by caller, wrap-up 60 s
      10:04:30  vaxel  Ada signs off                              →  call 3 wrap-up time 30 s, Ada gone
    `);
  });

  it('a pause told as older than the end of the talk leaves no wrap-up, and none that is negative', () => {
    runTimeline(`
      10:00:00  vaxel  Ada signs in
      10:00:00  vaxel  call 1 offered
      10:00:10  vaxel  call 1 answered by Ada
      10:01:00  vaxel  call 1 talk ended by caller, wrap-up 60 s
      10:00:59  vaxel  Ada pauses                                 →  call 1 wrap-up time 0 s, Ada paused
    `);
  });

  it('leaving one of two queues is no sign-off: the wrap-up goes on, and ends by itself', () => {
    runTimeline(`
      10:00:00  vaxel  Ada signs in
      10:00:00  skola  Ada signs in
      10:00:00  vaxel  call 1 offered
      10:00:10  vaxel  call 1 answered by Ada
      10:01:00  vaxel  call 1 talk ended by caller, wrap-up 60 s
      10:01:10  skola  Ada signs off                              →  Ada wrapping up, call 1 wrap-up time 60 s
      10:02:00  vaxel  all is quiet                               →  Ada available
    `);
  });
});

describe('clocks', () => {
  it('an event that comes late and is older than the one before still counts where it happened', () => {
    runTimeline(`
      10:00:00  vaxel  call 1 offered
      10:15:10  vaxel  call 2 offered
      10:14:58  vaxel  call 1 answered by Ada  →  answer time 898 s, in the 10:00 quarter, 10:00 quarter 0 carried out
    `);
  });

  it('an answer told as older than the offer is no negative wait', () => {
    runTimeline(`
      10:15:00  vaxel  call 1 offered
      10:14:59  vaxel  call 1 answered by Ada       →  answer time 0 s, in the 10:15 quarter
      10:14:58  vaxel  call 1 talk ended by caller  →  talk time 0 s
    `);
  });

  it('between a clock of whole seconds and ours, a wait is whole seconds', () => {
    runTimeline(`
      10:00:00      vaxel  call 1 found waiting (estimated)
      10:00:07.900  vaxel  call 1 answered by Ada           →  answer time 7 s
      10:01:00      vaxel  call 2 offered (second)
      10:01:08      vaxel  call 2 answered by Bo (second)   →  answer time 8 s
    `);
  });
});

describe('corrections', () => {
  it('the log of the queue refines why a caller left', () => {
    runTimeline(`
      10:00:00  vaxel  call 1 offered
      10:01:00  vaxel  call 1 overflowed, unstated
      10:05:00  vaxel  call 1 corrected by queue-log, was why unstated, now why key; pressed 2 (history)  →  call 1 is overflowed by key, revised, 1 overflowed today
    `);
  });

  it('a caller who was given up in a gap and answers after all talks on the floor again, and is counted once', () => {
    const centre = runTimeline(`
      10:00:00  vaxel  call 1 offered
      10:00:05  vaxel  call 1 lost, gap (estimated)  →  waiting 0, 1 lost today
    `);
    const [entry] = [...centre.entries.values()];
    const { id, call, queue, channel, offeredAt, leftAt } = entry!;
    const about = { at: centre.now + 15_000, seenAt: centre.now + 15_000, lane: 'live', quality: 'exact' } as const;
    const was = { outcome: 'lost', why: 'gap', leftAt } as const;
    const now = { outcome: 'waiting', why: null, leftAt: null } as const;
    centre.tell({ ...about, key: 'a', event: { kind: 'EntryCorrected', entry: id, was, now, evidence: 'late' } });
    centre.tell({ ...about, at: offeredAt, key: 'b', event: { kind: 'CallOffered', call, entry: id, queue, channel } });
    centre.tell({ ...about, key: 'c', event: { kind: 'CallAnswered', entry: id, agent: 'Ada' } });
    expect(centre.floor.entries.get(id)).toMatchObject({ outcome: 'answered', answeredAt: about.at });
    expect(centre.floor.agents.get('Ada')?.talks).toEqual(new Set([id]));
    const { waiting, imbalance, today } = centre.board().total;
    expect({ waiting, imbalance, today }).toMatchObject({
      ...{ waiting: 0, imbalance: 0, today: { offered: 1, answered: 1, lost: 0 } }
    });
  });

  it('a caller lost in a gap turns out to have been answered, and the quarters are restated', () => {
    runTimeline(`
      10:14:00  vaxel  call 1 offered
      10:31:00  vaxel  call 1 lost, gap (estimated)  →  1 lost today, 10:15 quarter 1 carried out
      10:40:00  vaxel  call 1 corrected by queue-log, was outcome lost; why gap, now outcome answered; answeredAt 10:14:20; agent Ada; talkEndedAt 10:20:00; by caller (history)  →  0 lost today, 1 answered today, answer time 20 s, 10:00 quarter 0 carried out, 10:15 quarter 0 carried in, 10:30 quarter 0 lost, 10:15 quarter 1 handled
    `);
  });

  it('an answer that never was is taken back with its talk', () => {
    runTimeline(`
      10:00:00  vaxel  call 1 offered
      10:00:10  vaxel  call 1 answered by Ada
      10:02:00  vaxel  call 1 talk ended by caller, wrap-up 30 s
      10:03:00  vaxel  call 1 corrected by agent-complete, was outcome answered, now outcome abandoned; leftAt 10:00:30 (history)  →  0 answered today, 1 abandoned today, wait 30 s, 10:00 quarter 0 handled
    `);
  });

  it('a caller who had waited longer than we knew', () => {
    runTimeline(`
      10:00:30  vaxel  call 1 offered                                                                     →  10:00 quarter 1 offered
      10:00:40  vaxel  call 1 corrected by late, was offeredAt 10:00:30, now offeredAt 09:59:50 (second)  →  longest wait 50 s, 10:00 quarter 0 offered, 09:45 quarter 1 offered
    `);
  });

  it('one worked out from older knowledge than we have changes nothing', () => {
    runTimeline(`
      10:00:00  vaxel  call 1 offered
      10:01:00  vaxel  call 1 overflowed, key 1
      10:05:00  vaxel  call 1 corrected by join, was why unstated, now why moved  →  nothing changes
    `);
  });

  it('one that would contradict itself changes nothing', () => {
    runTimeline(`
      10:00:00  vaxel  call 1 offered
      10:00:30  vaxel  call 1 corrected by queue-log, was outcome waiting, now outcome answered     →  nothing changes
      10:00:31  vaxel  call 1 corrected by queue-log, was outcome waiting, now outcome abandoned    →  nothing changes
      10:00:32  vaxel  call 1 corrected by queue-log, was outcome waiting, now leftAt 10:00:20      →  nothing changes
      10:01:00  vaxel  call 1 abandoned
      10:01:01  vaxel  call 1 corrected by queue-log, was outcome abandoned, now outcome waiting    →  nothing changes
    `);
  });

  it('of a waiting caller who in truth had left takes them off the floor', () => {
    runTimeline(`
      10:00:00  vaxel  call 1 offered                                                                                    →  waiting 1
      10:01:00  vaxel  call 1 corrected by queue-log, was outcome waiting, now outcome abandoned; leftAt 10:00:20  →  waiting 0, wait 20 s
    `);
  });
});

describe('what cannot be leaves everything as it was', () => {
  const left = 'abandoned';
  it.each([
    ['an answer to nobody', '', 'call 1 answered by Ada'],
    ['an abandon of nobody', '', 'call 1 abandoned'],
    ['an overflow of nobody', '', 'call 1 overflowed, empty'],
    ['the loss of nobody', '', 'call 1 lost, gap'],
    ['a talk of nobody ends', '', 'call 1 talk ended by caller'],
    ['nobody is passed on', '', 'call 1 passed on, blind'],
    ['nobody is held', '', 'call 1 held'],
    ['nobody is resumed', '', 'call 1 resumed'],
    ['a correction of nobody', '', 'call 1 corrected by late, was outcome waiting, now offeredAt 09:00:00'],
    ['a second offer of the same entry', 'offered', 'call 1 offered again'],
    ['hold while waiting', 'offered', 'call 1 held'],
    ['resumed without hold', 'offered', 'call 1 resumed'],
    ['passed on while waiting', 'offered', 'call 1 passed on, attended'],
    ['the end of a talk that never began', 'offered', 'call 1 talk ended by agent'],
    ['an answer after the caller left', left, 'call 1 answered by Ada'],
    ['a second abandon', left, 'call 1 abandoned'],
    ['overflow after the caller left', left, 'call 1 overflowed, time-out'],
    ['loss after the caller left', left, 'call 1 lost, pbx-ended'],
    ['passed on after the caller left', left, 'call 1 passed on, blind'],
    ['an abandon after the answer', 'answered', 'call 1 abandoned'],
    ['a second answer', 'answered', 'call 1 answered by Bo'],
    ['overflow after the answer', 'answered', 'call 1 overflowed, moved'],
    ['loss after the answer', 'answered', 'call 1 lost, gap'],
    ['resumed without having been held', 'answered', 'call 1 resumed'],
    ['a second hold', 'held', 'call 1 held'],
    ['passed on twice', 'passed on', 'call 1 passed on, redirect'],
    ['the end of a talk that has ended', 'ended', 'call 1 talk ended by caller'],
    ['hold after the talk', 'ended', 'call 1 held'],
    ['an answer after the talk', 'ended', 'call 1 answered by Bo']
  ])('%s', (_, state, impossible) => {
    const lines: Record<string, string[]> = {
      '': ['all is quiet'],
      offered: ['call 1 offered'],
      abandoned: ['call 1 offered', 'call 1 abandoned'],
      answered: ['call 1 offered', 'call 1 answered by Ada'],
      held: ['call 1 offered', 'call 1 answered by Ada', 'call 1 held'],
      'passed on': ['call 1 offered', 'call 1 answered by Ada', 'call 1 passed on, blind'],
      ended: ['call 1 offered', 'call 1 answered by Ada', 'call 1 talk ended by agent']
    };
    const before = lines[state]!.map((phrase, n) => `10:00:0${n}  vaxel  ${phrase}`);
    const centre = runTimeline([...before, `10:00:09  vaxel  ${impossible}  →  nothing changes`].join('\n'));
    expect(centre.log.at(-1)!.at % 60_000).toBe(9000);
  });

  it('an anomaly is counted elsewhere and changes nothing here', () => {
    runTimeline(`
      10:00:00  vaxel  call 1 offered
      10:00:01  -      anomaly no-such-channel  →  nothing changes
    `);
  });

  it('a call passed on after the talk ended is still passed on', () => {
    runTimeline(`
      10:00:00  vaxel  call 1 offered
      10:00:01  vaxel  call 1 answered by Ada
      10:00:30  vaxel  call 1 talk ended by unstated   →  solved directly
      10:00:30  vaxel  call 1 passed on, redirect      →  passed on, 10:00 quarter 0 solved directly
    `);
  });
});
