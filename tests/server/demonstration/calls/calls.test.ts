import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readScreenplay } from '../../../../src/lib/server/demonstration/calls/screenplay.ts';

const folder = 'src/lib/server/demonstration/calls';
const plays = readdirSync(folder).filter((name) => name.endsWith('.txt'));
/** A-law's nought. */
const SILENT = 0xd5;
const HEADER = 46;

/** How many of the samples of a channel are heard within these milliseconds. */
function heard(wav: Buffer, channel: 0 | 1, fromMs: number, untilMs: number): number {
  let sounding = 0;
  const first = Math.round(fromMs * 8);
  const last = Math.round(untilMs * 8);
  for (let i = first; i < last; i += 1)
    // The lowest steps of A-law are the rounding of a filter that rings out.
    if ((((wav[HEADER + i * 2 + channel] ?? SILENT) & 0x7f) ^ 0x55) > 2) sounding += 1;
  return sounding / (last - first);
}

describe('the six calls of the demonstration', () => {
  test('are six, and no larger than a repository bears', () => {
    expect(plays).toHaveLength(6);
    const sounds = plays.map((name) => readFileSync(join(folder, name.replace('.txt', '.wav.gz'))));
    expect(sounds.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(4_000_000);
  });

  test.each(plays)('%s is heard as it is written: each on their own channel, at their own time', (name) => {
    const play = readScreenplay(readFileSync(join(folder, name), 'utf8'));
    const wav = gunzipSync(readFileSync(join(folder, name.replace('.txt', '.wav.gz'))));
    expect([wav.toString('latin1', 0, 4), wav.toString('latin1', 8, 16)]).toEqual(['RIFF', 'WAVEfmt ']);
    // A-law, two channels, 8 kHz, eight bits.
    expect([wav.readUInt16LE(20), wav.readUInt16LE(22), wav.readUInt32LE(24), wav.readUInt16LE(34)]).toEqual([
      6, 2, 8000, 8
    ]);
    expect(wav.readUInt32LE(42)).toBe(play.lengthMs * 16);
    expect(wav.length).toBe(HEADER + play.lengthMs * 16);
    play.turns.forEach(({ atMs, who, parts }, n) => {
      const [own, other] = who === 'agent' ? ([1, 0] as const) : ([0, 1] as const);
      const next = play.turns[n + 1]?.atMs ?? play.lengthMs;
      expect([n, heard(wav, other, atMs, next)]).toEqual([n, 0]);
      const spoken = parts[0] && 'says' in parts[0];
      const begins = heard(wav, own, atMs, atMs + 500);
      expect([n, spoken ? begins > 0.2 : begins === 0]).toEqual([n, true]);
    });
  });
});

describe('a screenplay', () => {
  const text =
    'agent Maria sv+f2\ncaller sv+m6\nlength 1:04\n\n0:06 S [slowly] Ja. Hör du?\n0:28 R [läser, 12 s] Nu ser jag.\n';
  test('says who speaks when, what is heard as silence, and what is said slowly', () => {
    expect(readScreenplay(text)).toEqual({
      agent: { name: 'Maria', voice: 'sv+f2' },
      caller: { voice: 'sv+m6' },
      lengthMs: 64_000,
      turns: [
        { atMs: 6000, who: 'agent', parts: [{ says: 'Ja. Hör du?', slowly: true }] },
        { atMs: 28_000, who: 'caller', parts: [{ silentMs: 12_000 }, { says: 'Nu ser jag.', slowly: false }] }
      ]
    });
  });
  test('without a voice or a word is refused', () => {
    expect(() => readScreenplay(text.replace('caller', 'carrier'))).toThrow('which voice one calls');
    expect(() => readScreenplay(text.replaceAll(/^\d.*$/gm, ''))).toThrow('Nobody speaks');
  });
});
