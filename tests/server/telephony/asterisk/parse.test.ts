import { describe, expect, it } from 'vitest';
import type { Message } from '../../../../src/lib/server/telephony/asterisk/message.ts';
import { Parser } from '../../../../src/lib/server/telephony/asterisk/parse.ts';
import { captureNames, loadCapture, tenMinuteCaptures } from '../../../support/captures.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

const whole = (bytes: Uint8Array) => new Parser().push(bytes);

/** Says where the first difference is; undefined when both are the same messages with the same fields in order. */
function difference(expected: Message[], got: Message[]): string | undefined {
  for (let i = 0; i < Math.max(expected.length, got.length); i++) {
    const a = expected[i];
    const b = got[i];
    if (!a || !b || a.kind !== b.kind || a.name !== b.name || a.fields.length !== b.fields.length)
      return `message ${i}`;
    for (let j = 0; j < a.fields.length; j++)
      if (a.fields[j]![0] !== b.fields[j]![0] || a.fields[j]![1] !== b.fields[j]![1]) return `message ${i} field ${j}`;
  }
  return undefined;
}

/** Feeds the bytes cut at the given places, in order, and compares as it goes, so that nothing large is kept. */
function cut(bytes: Buffer, expected: Message[], nextCut: (from: number) => number): string | undefined {
  const parser = new Parser();
  let seen = 0;
  for (let from = 0; from < bytes.length;) {
    const to = Math.min(bytes.length, nextCut(from));
    const messages = parser.push(bytes.subarray(from, to));
    if (messages.length > 0) {
      const different = difference(expected.slice(seen, seen + messages.length), messages);
      if (different) return `${different} after message ${seen}, byte ${to}`;
      seen += messages.length;
    }
    from = to;
  }
  return seen === expected.length ? undefined : `${seen} messages instead of ${expected.length}`;
}

describe('recorded bytes are read the same whatever the network cuts them into', () => {
  const long = tenMinuteCaptures();
  it.each(captureNames())('%s', { timeout: 60_000 }, (name) => {
    const random = seededRandom(name);
    for (const part of loadCapture(name).parts) {
      const expected = whole(part.bytes);
      expect(expected[0]).toMatchObject({ kind: 'greeting' });
      expect(expected.filter((message) => message.kind === 'other')).toEqual([]);
      expect(
        cut(part.bytes, expected, (from) => from + 1),
        'byte by byte'
      ).toBeUndefined();
      const ends = part.chunks.map((chunk) => chunk.end);
      let next = 0;
      expect(
        cut(part.bytes, expected, () => ends[next++] ?? part.bytes.length),
        'in its own chunks'
      ).toBeUndefined();
      for (let n = 0; n < (long.includes(name) ? 5 : 50); n++) {
        const most = [8, 64, 400, 1448, 9000][n % 5]!;
        const result = cut(part.bytes, expected, (from) => from + 1 + Math.floor(random() * most));
        expect(result, `seed ${name}, cutting ${n}`).toBeUndefined();
      }
    }
  });

  it('finds every event that the bytes hold', () => {
    for (const part of loadCapture('10-three-queues-busy').parts) {
      const events = part.bytes.toString('latin1').match(/(?<=\r\n)Event: /g)?.length;
      expect(whole(part.bytes).filter((message) => message.kind === 'event')).toHaveLength(events!);
    }
  });
});

const sample =
  'Asterisk Call Manager/11.0.0\r\nResponse: Success\r\nActionID: 1\r\nMessage: Authentication accepted\r\n\r\n' +
  'Event: QueueMemberPause\r\nMemberName: Agent 24 Åsa\r\nPausedReason: \r\nPaused: 0\r\nReason:\r\n\r\n' +
  'Event: Newchannel\r\nChanVariable: A=1\r\nChanVariable: B=två: tre\r\nChanVariable: \r\nUniqueid: 1.1\r\n\r\n' +
  'Response: Success\r\nOutput: first\nOutput: second\r\nOutput: \r\nno colon here\r\n\r\n';
const sampleOf4K = Buffer.from(sample + 'Event: Filler\r\nText: å\r\n\r\n'.repeat(140));

describe('a sample with å, an empty value, a repeated header and a bare line feed', () => {
  const expected = whole(sampleOf4K);

  it('keeps fields in order, repetitions and empty values', () => {
    expect(sampleOf4K.length).toBeGreaterThan(4000);
    const [greeting, login, pause, channel, command] = expected;
    expect(greeting).toMatchObject({ kind: 'greeting', name: 'Asterisk Call Manager/11.0.0' });
    expect(login).toMatchObject({ kind: 'response', name: 'Success', actionId: '1' });
    expect(pause?.first('MemberName')).toBe('Agent 24 Åsa');
    expect([pause?.first('PausedReason'), pause?.first('Reason'), pause?.first('Queue')]).toEqual(['', '', undefined]);
    expect(channel?.all('ChanVariable')).toEqual(['A=1', 'B=två: tre', '']);
    expect(command?.all('Output')).toEqual(['first', 'second', '']);
    expect(command?.all('')).toEqual(['no colon here']);
    expect(expected).toHaveLength(5 + 140);
  });

  it('is the same in every two-way split', () => {
    for (let at = 1; at < sampleOf4K.length; at++) {
      const parser = new Parser();
      const got = [...parser.push(sampleOf4K.subarray(0, at)), ...parser.push(sampleOf4K.subarray(at))];
      expect(difference(expected, got), `split at ${at}`).toBeUndefined();
    }
  });
});

describe('bytes that are not as they should be', () => {
  const greeting = 'Asterisk Call Manager/11.0.0\r\n';
  const after = 'Event: Known\r\nUniqueid: 7\r\n\r\n';

  it('reads a name typed in latin-1 without spoiling the UTF-8 beside it', () => {
    const bytes = Buffer.concat([
      Buffer.from(`${greeting}Event: X\r\nOld: `),
      Buffer.from('Åsa', 'latin1'),
      Buffer.from('\r\nNew: Östen\r\n\r\n')
    ]);
    const message = whole(bytes)[1]!;
    expect([message.first('Old'), message.first('New')]).toEqual(['Åsa', 'Östen']);
  });

  it.each([
    ['a line over the bound', `Event: X\r\nText: ${'x'.repeat(200)}\r\n\r\n`],
    ['a block over the bound', `Event: X\r\n${'Line: short\r\n'.repeat(90)}\r\n`],
    ['a block over the bound with long lines too', `${'y'.repeat(5000)}\r\nLine: x\r\n\r\n`]
  ])('skips and counts %s, and goes on, in every cutting', (_, block) => {
    const bytes = Buffer.from(greeting + after + block + after);
    for (const size of [1, 2, 3, 7, 99, 100, 101, 1000, bytes.length]) {
      const parser = new Parser({ lineBytes: 100, blockBytes: 1000 });
      const got: Message[] = [];
      for (let from = 0; from < bytes.length; from += size) got.push(...parser.push(bytes.subarray(from, from + size)));
      expect(
        got.map((message) => message.name),
        `chunks of ${size}`
      ).toEqual([greeting.trim(), 'Known', 'Known']);
      expect(parser.skipped, `chunks of ${size}`).toBe(1);
    }
  });

  it('holds no more than the bounds of a line that never ends', () => {
    const parser = new Parser({ lineBytes: 100, blockBytes: 1000 });
    parser.push(Buffer.from(greeting));
    const before = process.memoryUsage().rss;
    const endless = Buffer.alloc(64 * 1024, 'x');
    for (let n = 0; n < 8000; n++) expect(parser.push(endless)).toEqual([]);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024); // half a gigabyte was fed
    expect(parser.push(Buffer.from('\r\n\r\n' + after))).toHaveLength(1);
    expect(parser.skipped).toBe(1);
  });

  it('passes on events that nobody knows, and blank lines between blocks say nothing', () => {
    const got = whole(Buffer.from(`${greeting}\r\n\r\nEvent: FromTheFuture\r\nA: b\r\n\r\n\r\n${after}`));
    expect(got.map((message) => message.name)).toEqual([greeting.trim(), 'FromTheFuture', 'Known']);
  });
});
