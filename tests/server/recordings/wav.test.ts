import { describe, expect, test } from 'vitest';
import { frameCount, wavHead, wavHeaderOf, type WavHead } from '../../../src/lib/server/recordings/wav.ts';
import { counting, inMemory, wavFile } from '../../support/made-sound.ts';

const read = (bytes: Buffer) => wavHead(inMemory(bytes));
const file = () => wavFile(counting(800, 2));

function chunk(name: string, body: Buffer, length = body.length): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 0, 'latin1');
  head.writeUInt32LE(length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}
interface Told {
  tag?: number;
  channels?: number;
  rate?: number;
  bits?: number;
  frame?: number;
}
function format({ tag = 1, channels = 1, rate = 8_000, bits = 16, frame = (channels * bits) / 8 }: Told = {}): Buffer {
  const body = Buffer.alloc(16);
  body.writeUInt16LE(tag, 0);
  body.writeUInt16LE(channels, 2);
  body.writeUInt32LE(rate, 4);
  body.writeUInt32LE(rate * frame, 8);
  body.writeUInt16LE(frame, 12);
  body.writeUInt16LE(bits, 14);
  return body;
}
function riff(...chunks: Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from('WAVE'), ...chunks]);
  return Buffer.concat([chunk('RIFF', Buffer.alloc(0), body.length), body]);
}
const data = chunk('data', Buffer.alloc(3_200, 1));

describe('the head of a WAV file', () => {
  test('tells coding, channels, rate and where the samples are', async () => {
    expect(await read(file())).toEqual({
      coding: 'pcm16',
      channels: 2,
      rate: 8_000,
      frameBytes: 4,
      dataFrom: 44,
      dataBytes: 3_200,
      closed: true
    });
  });
  test.each([
    ['A-law', format({ tag: 6, bits: 8 }), 'alaw'],
    ['µ-law', format({ tag: 7, bits: 8 }), 'ulaw'],
    ['eight bits', format({ bits: 8 }), 'pcm8'],
    ['twenty-four bits', format({ bits: 24, rate: 48_000, channels: 2 }), 'pcm24']
  ])('%s', async (_what, fmt, coding) => {
    expect(await read(riff(chunk('fmt ', fmt), chunk('LIST', Buffer.alloc(7)), data))).toMatchObject({ coding });
  });
  test('an extensible head that means plain samples, and one that means something else', async () => {
    const extensible = (guid: string) => {
      const body = Buffer.alloc(40);
      format({ tag: 0xfffe }).copy(body);
      Buffer.from(guid, 'hex').copy(body, 24);
      return riff(chunk('fmt ', body), data);
    };
    expect(await read(extensible('0100000000001000800000aa00389b71'))).toMatchObject({ coding: 'pcm16' });
    expect(await read(extensible('0300000000001000800000aa00389b71'))).toBe('other-coding');
    expect(await read(extensible('01000000deadbeef800000aa00389b71'))).toBe('other-coding');
  });
  test('is not closed while the exchange still writes: the sizes come at the end', async () => {
    for (const told of [0, 0xffffffff, 100_000]) {
      const open = file();
      open.writeUInt32LE(told, 40);
      expect(await read(open)).toMatchObject({ dataBytes: 3_200, closed: false });
    }
  });
});

describe('is refused', () => {
  const head = (bytes: Buffer) => read(bytes) as Promise<WavHead>;
  test.each([
    ['no WAV file at all', Buffer.from('#EXTM3U\nfile:///etc/passwd\n'), 'not-wav'],
    ['nothing', Buffer.alloc(0), 'not-wav'],
    ['a file of more than 4 GB', Buffer.concat([Buffer.from('RF64'), file().subarray(4)]), 'rf64'],
    [
      'a coding that only a decoder reads',
      riff(chunk('fmt ', format({ tag: 0x31, bits: 0, frame: 65 })), data),
      'other-coding'
    ],
    ['three channels', riff(chunk('fmt ', format({ channels: 3 })), data), 'damaged'],
    ['no channel', riff(chunk('fmt ', format({ channels: 0 })), data), 'damaged'],
    ['a rate that is none', riff(chunk('fmt ', format({ rate: 0 })), data), 'damaged'],
    ['96 000 samples a second', riff(chunk('fmt ', format({ rate: 96_000 })), data), 'damaged'],
    ['samples of no length', riff(chunk('fmt ', format({ frame: 0 })), data), 'damaged'],
    ['samples before their format', riff(data, chunk('fmt ', format())), 'damaged'],
    ['two formats', riff(chunk('fmt ', format()), chunk('fmt ', format()), data), 'damaged'],
    ['no samples', riff(chunk('fmt ', format())), 'damaged'],
    [
      'a chunk longer than the file',
      riff(chunk('fmt ', format()), chunk('LIST', Buffer.alloc(2), 0x7fffffff), data),
      'damaged'
    ],
    [
      'more chunks than anybody needs',
      riff(chunk('fmt ', format()), ...Array.from({ length: 80 }, () => chunk('junk', Buffer.alloc(0))), data),
      'damaged'
    ],
    ['a format cut short', riff(chunk('fmt ', format().subarray(0, 10)), data), 'damaged']
  ])('%s', async (_what, bytes, why) => {
    expect(await read(bytes)).toBe(why);
  });
  test('more than four hours', async () => {
    const long = wavHeaderOf({ rate: 8_000, channels: 1 }, 8_000 * 2 * 3_600 * 4 + 16_000);
    expect(await wavHead({ size: 8_000 * 2 * 3_600 * 5, read: inMemory(long).read })).toBe('too-long');
  });
  test('what the head promises beyond the end of the file: only what is there counts, in whole samples', async () => {
    const cut = file().subarray(0, 44 + 1_001);
    const found = await head(cut);
    expect([found.dataBytes, frameCount(found)]).toEqual([1_000, 250]);
  });
});
