import { describe, expect, it } from 'vitest';
import type { Envelope } from '../../../src/lib/domain/telephony/event.ts';
import { emptyFloor, evolveFloor, foldFloor } from '../../../src/lib/domain/telephony/floor.ts';
import { floorFromJson, floorToJson } from '../../../src/lib/domain/telephony/floor-json.ts';
import { longestWait, longestWaitSince, waiting } from '../../../src/lib/domain/telephony/waiting.ts';
import { runTimeline } from '../../support/timeline.ts';

describe('who waits', () => {
  it('per queue and in all, and the longest wait is that of the oldest', () => {
    const { floor, now } = runTimeline(`
      10:00:00  vaxel  call 1 offered
      10:00:10  skola  call 2 offered          →  waiting 1, longest wait 0 s
      10:00:20  vaxel  call 3 offered          →  waiting 2, longest wait 20 s
      10:00:30  -      all is quiet            →  waiting 3, longest wait 30 s
      10:00:40  vaxel  call 1 answered by Ada  →  waiting 1, longest wait 20 s
    `);
    expect([waiting(floor, 'vaxel'), waiting(floor, 'skola'), waiting(floor, null)]).toEqual([1, 1, 2]);
    expect(longestWait(floor, 'vaxel', now)).toBe(20_000);
    expect(longestWait(floor, null, now)).toBe(30_000);
    expect(longestWaitSince(floor, 'forskola')).toBeNull();
    expect(longestWait(floor, 'forskola', now)).toBeNull();
    expect(floor.calls.size).toBe(3);
  });

  it('an entry leaves the floor with its call when the talk ends', () => {
    const { floor } = runTimeline(`
      10:00:00  vaxel  call 1 offered
      10:00:10  vaxel  call 1 answered by Ada
      10:00:40  vaxel  call 1 talk ended by agent
    `);
    expect([floor.entries.size, floor.calls.size, floor.agents.size]).toEqual([0, 0, 0]);
  });

  it('a call open in two queues at once has both', () => {
    const { floor } = runTimeline(`
      10:00:00  vaxel  call 1 offered
      10:00:10  vaxel  call 1 answered by Ada
      10:00:40  skola  call 1 offered from vaxel
    `);
    expect(floor.calls.get('pbx/1')?.entries).toEqual(['pbx/1/vaxel/1', 'pbx/1/skola/1']);
  });

  it('what is imported never touches the floor', () => {
    runTimeline(`
      10:00:00  vaxel  call 1 offered
      10:00:05  vaxel  call 1 answered by Ada
      09:00:00  vaxel  call 2 offered (history)     →  waiting 0, 2 offered today
      09:00:10  vaxel  call 2 abandoned (history)   →  waiting 0, 1 abandoned today
      10:00:06  vaxel  call 1 talk ended by caller  →  Ada gone
    `);
  });
});

describe('contact with the exchange', () => {
  it('while it is lost nothing is known, and what was known is kept beside', () => {
    runTimeline(`
      10:00:00  vaxel  call 1 offered         →  waiting 1
      10:00:20  -      contact lost, silent   →  waiting unknown, last known 1 waiting
      10:01:20  -      all is quiet           →  waiting unknown, blind 60 s today
      10:02:00  -      connected as second    →  waiting 1, longest wait 120 s, blind 100 s today
      10:02:00  vaxel  call 1 lost, gap       →  waiting 0, blind 100 s today, 10:00 quarter 100000 blind ms
    `);
  });

  it('a second loss, and a second connection, tell nothing new', () => {
    runTimeline(`
      10:00:00  vaxel  call 1 offered
      10:00:20  -      contact lost, network
      10:00:30  -      contact lost, stopped  →  nothing changes
      10:01:00  -      connected              →  blind 40 s today
      10:01:10  -      connected              →  nothing changes
    `);
  });

  it('a loss is dated to the last proof, which is older than the event before it', () => {
    runTimeline(
      `
      10:00:20  vaxel  call 1 offered
      10:00:17  vaxel  call 2 offered
      10:00:19  -      contact lost, silent   →  waiting unknown
      10:00:29  -      connected              →  blind 10 s today
    `,
      {}
    );
  });

  it('a loss dated to before contact came back is blind only since then', () => {
    runTimeline(`
      10:00:00  vaxel  all is quiet
      10:00:10  -      contact lost, silent
      10:01:00  vaxel  connected as second    →  10:00 quarter 50000 blind ms
      10:00:30  -      contact lost, silent
      10:02:00  vaxel  connected as third     →  10:00 quarter 110000 blind ms, blind 110 s today
    `);
  });

  it('blindness is remembered for a day and a little, not for ever', () => {
    const { floor } = runTimeline(`
      10:00:00  vaxel  all is quiet
      10:01:00  -      contact lost, silent
      10:02:00  -      connected as second
      24:30:00  -      contact lost, silent
      24:31:00  -      connected as third
      36:31:00  -      contact lost, silent
      36:31:10  -      connected as fourth
    `);
    expect(floor.sources.get('pbx')?.blind.map(({ from, to }) => to! - from)).toEqual([60_000, 10_000]);
  });

  it('blindness over midnight is each day’s own', () => {
    runTimeline(`
      23:58:00  vaxel  all is quiet
      23:59:00  -      contact lost, silent
      24:01:00  -      connected              →  blind 60 s today
    `);
  });

  it('before anything was heard nothing is known', () => {
    runTimeline('10:00:00  vaxel  queue seen  →  waiting unknown', { bare: true });
  });

  it('a ring whose end was not heard is over when contact is back', () => {
    runTimeline(`
      10:00:00  vaxel  Ada signs in
      10:00:00  vaxel  call 1 offered
      10:00:01  vaxel  call 1 rings Ada        →  Ada ringing
      10:00:02  -      contact lost, network
      10:01:00  vaxel  call 1 lost, gap
      10:01:00  -      connected as second     →  Ada available
    `);
  });
});

describe('queues', () => {
  it('come with their room, change it and go with their memberships', () => {
    const { floor } = runTimeline(
      `
      10:00:00  vaxel  queue seen, room for 5
      10:00:00  vaxel  queue seen, room for 5  →  nothing changes
      10:00:00  vaxel  Ada signs in            →  Ada available
      10:00:00  vaxel  queue gone              →  Ada gone
      10:00:00  vaxel  queue gone              →  nothing changes
    `,
      { bare: true }
    );
    expect(floor.queues.size).toBe(0);
  });
});

describe('agents', () => {
  it('ring, talk, wrap up, pause and go', () => {
    runTimeline(`
      08:00:00  vaxel  Ada signs in                              →  Ada available
      08:01:00  vaxel  call 1 offered
      08:01:01  vaxel  call 1 rings Ada                          →  Ada ringing
      08:01:06  vaxel  call 1 answered by Ada                    →  Ada talking
      08:01:06  vaxel  call 1 stops ringing Ada, answered        →  Ada talking
      08:02:00  vaxel  call 1 talk ended by caller, wrap-up 20 s →  Ada wrapping up
      08:02:20  vaxel  all is quiet                              →  Ada available
      08:03:00  vaxel  Ada pauses                                →  Ada paused
      08:03:10  vaxel  Ada pauses                                →  nothing changes
      08:04:00  vaxel  Ada is back                               →  Ada available
      08:04:01  vaxel  Ada is back                               →  nothing changes
      08:05:00  vaxel  Ada pauses for wrap-up                    →  Ada wrapping up
      08:05:30  vaxel  Ada is back                               →  Ada available
      08:06:00  -      Ada’s telephone busy                      →  Ada busy
      08:06:01  -      Ada’s telephone busy                      →  nothing changes
      08:06:10  -      Ada’s telephone held                      →  Ada busy
      08:06:20  -      Ada’s telephone unreachable               →  Ada unreachable
      08:06:30  -      Ada’s telephone ringing                   →  Ada ringing
      08:06:40  -      Ada’s telephone free                      →  Ada available
      08:06:50  -      Ada’s telephone unknown                   →  Ada available
      08:07:00  vaxel  Ada signs in                              →  nothing changes
      08:08:00  vaxel  Ada signs off                             →  Ada gone
      08:08:01  vaxel  Ada signs off                             →  nothing changes
    `);
  });

  it('a pause is of a queue: paused there, and paused in all only when paused in every one', () => {
    runTimeline(`
      08:00:00  vaxel  Ada signs in
      08:00:00  skola  Ada signs in
      08:01:00  vaxel  Ada pauses           →  Ada here paused, Ada available
      08:01:00  skola  all is quiet         →  Ada here available
      08:02:00  skola  Ada pauses           →  Ada here paused, Ada paused
      08:03:00  skola  Ada is back          →  Ada here available, Ada available
      08:04:00  skola  Ada pauses for wrap-up →  Ada here wrapping up, Ada wrapping up
    `);
  });

  it('two talks at once: the first that ends does not end the other', () => {
    runTimeline(`
      10:00:00  vaxel  Ada signs in
      10:00:00  vaxel  call 1 offered
      10:00:00  vaxel  call 2 offered
      10:00:05  vaxel  call 1 answered by Ada
      10:01:00  vaxel  call 2 answered by Ada
      10:01:01  vaxel  call 1 talk ended by caller, wrap-up 30 s  →  Ada talking
      10:01:05  vaxel  call 2 talk ended by caller                →  Ada wrapping up
    `);
  });

  it('two rings at once: one that ends leaves the other', () => {
    runTimeline(`
      10:00:00  vaxel  Ada signs in
      10:00:00  vaxel  call 1 offered
      10:00:00  vaxel  call 2 offered
      10:00:01  vaxel  call 1 rings Ada
      10:00:01  vaxel  call 2 rings Ada
      10:00:05  vaxel  call 1 stops ringing Ada, no-answer  →  Ada ringing
      10:00:06  vaxel  call 2 stops ringing Ada, busy       →  Ada available
      10:00:07  vaxel  call 2 stops ringing Ada, cancelled  →  nothing changes
    `);
  });

  it('who leaves the last queue while talking stays until the talk ends', () => {
    runTimeline(`
      10:00:00  vaxel  Ada signs in
      10:00:00  vaxel  call 1 offered
      10:00:05  vaxel  call 1 answered by Ada
      10:00:30  vaxel  Ada signs off                              →  Ada talking, 1 talking
      10:01:00  vaxel  call 1 talk ended by agent, wrap-up 30 s   →  Ada gone
    `);
  });

  it('who answers without being signed in is there while talking', () => {
    runTimeline(`
      10:00:00  vaxel  call 1 offered
      10:00:05  vaxel  call 1 answered by Ada      →  Ada talking
      10:00:30  vaxel  call 1 talk ended by agent  →  Ada gone
    `);
  });

  it('a correction of who answered moves the talk to the right agent', () => {
    runTimeline(`
      10:00:00  vaxel  Ada signs in
      10:00:00  vaxel  Bo signs in
      10:00:00  vaxel  call 1 offered
      10:00:05  vaxel  call 1 answered by Ada                                        →  Ada talking, Bo available
      10:00:06  vaxel  call 1 corrected by agent-complete, was agent Ada, now agent Bo  →  Ada available, Bo talking
    `);
  });

  it.each([
    'Ada pauses',
    'Ada is back',
    'Ada signs off',
    'Ada’s telephone busy',
    'call 1 rings Ada',
    'call 1 stops ringing Ada, no-answer'
  ])('of nobody who is here, "%s" changes nothing', (phrase) => {
    runTimeline(`10:00:00  vaxel  ${phrase}  →  nothing changes`);
  });

  it('a telephone does not ring for a caller who has been answered, or who has left', () => {
    runTimeline(`
      10:00:00  vaxel  Bo signs in
      10:00:00  vaxel  call 1 offered
      10:00:05  vaxel  call 1 answered by Ada
      10:00:06  vaxel  call 1 rings Bo  →  nothing changes
    `);
  });
});

describe('as a value', () => {
  const centre = runTimeline(`
    08:00:00  vaxel  Ada signs in
    08:00:00  skola  Ada signs in
    08:00:10  skola  Ada pauses for wrap-up
    08:01:00  vaxel  call 1 offered
    08:01:01  vaxel  call 1 rings Ada
    08:01:06  vaxel  call 2 offered
    08:01:07  vaxel  call 2 answered by Bo
    08:02:00  -      contact lost, shutdown
  `);

  it('goes through JSON whole', () => {
    const there = JSON.parse(JSON.stringify(floorToJson(centre.floor))) as ReturnType<typeof floorToJson>;
    expect(floorFromJson(there)).toEqual(centre.floor);
  });

  it('is never changed in place, and shares what did not change', () => {
    const frozen = JSON.stringify(floorToJson(centre.floor));
    const envelope: Envelope = {
      ...centre.log.at(-1)!,
      event: { kind: 'CallAbandoned', entry: 'pbx/1/vaxel/1' }
    };
    const after = evolveFloor(centre.floor, envelope);
    expect(JSON.stringify(floorToJson(centre.floor))).toBe(frozen);
    expect(after.entries).not.toBe(centre.floor.entries);
    expect(after.agents).toBe(centre.floor.agents);
    expect(after.queues).toBe(centre.floor.queues);
  });

  it('is the same folded at once and one event at a time', () => {
    expect(foldFloor(emptyFloor, centre.log)).toEqual(centre.log.reduce(evolveFloor, emptyFloor));
  });
});
