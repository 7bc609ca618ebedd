/**
 * Speaks the six calls of the demonstration: `npm run calls`. It is run by hand when a screenplay is changed, and needs
 * espeak-ng and sox (`apt-get install espeak-ng sox`); what it makes is kept beside it, so that nobody else needs them.
 *
 * Two voices on two channels, the caller on the first and the agent on the second, as a telephone sounds: 8 kHz A-law
 * between 300 and 3400 Hz. Half of the sound is one of the two being silent, so it is kept packed (`.wav.gz`).
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, gzipSync } from 'node:zlib';
import { readScreenplay, type Part, type Screenplay, type Turn } from './screenplay.ts';

const RATE = 8000;
/** The format's number in a WAV. */
const A_LAW = 6;
/** Words a minute, and the most that still sounds like a human being. */
const SPEED = 165;
const SPEED_MOST = 300;
/** Between one who stops and the other who begins. */
const BREATH_MS = 120;

const samplesOf = (ms: number): number => Math.round((ms * RATE) / 1000);

function spoken(says: string, voice: string, speed: number): Int16Array {
  const wav = execFileSync('espeak-ng', ['-v', voice, '-s', `${speed}`, '--stdout'], {
    input: says.replaceAll('…', ' ').replaceAll(/[”“]/g, ''),
    maxBuffer: 64e6
  });
  const telephone = `-t raw -r ${RATE} -e signed -b 16 -c 1 - gain -4 highpass 300 lowpass 3400 silence 1 0.01 0.5% reverse`;
  const trimmed = 'silence 1 0.01 0.5% reverse gain -n -5';
  const raw = execFileSync('sox', ['-D', '-t', 'wav', '-', ...`${telephone} ${trimmed}`.split(' ')], {
    input: wav,
    maxBuffer: 64e6
  });
  return new Int16Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length - (raw.length % 2)));
}

/** Spoken as slowly as there is time for until the other begins. */
function turnWithin(parts: readonly Part[], voice: string, availableMs: number): Int16Array {
  let sound: Int16Array = new Int16Array(0);
  for (let speed = SPEED; speed <= SPEED_MOST; speed += 8) {
    const pieces = parts.map((part) =>
      'silentMs' in part
        ? new Int16Array(samplesOf(part.silentMs))
        : spoken(part.says, voice, part.slowly ? speed * 0.8 : speed)
    );
    sound = joined(pieces);
    if (sound.length <= samplesOf(availableMs)) return sound;
  }
  const over = Math.round((sound.length / RATE) * 1000 - availableMs);
  process.stderr.write(`  ${over} ms over at ${SPEED_MOST} words a minute, and so over the next\n`);
  return sound;
}

function joined(pieces: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function stereo(play: Screenplay): Int16Array {
  const frames = samplesOf(play.lengthMs);
  const both = new Int16Array(frames * 2);
  play.turns.forEach((turn: Turn, n) => {
    const next = play.turns[n + 1]?.atMs ?? play.lengthMs;
    const voice = turn.who === 'agent' ? play.agent.voice : play.caller.voice;
    const sound = turnWithin(turn.parts, voice, next - turn.atMs - BREATH_MS);
    const [from, channel] = [samplesOf(turn.atMs), turn.who === 'agent' ? 1 : 0];
    for (let i = 0; i < sound.length && from + i < frames; i += 1) both[(from + i) * 2 + channel] = sound[i]!;
  });
  return both;
}

function packed(both: Int16Array): Buffer {
  const raw = `-D -t raw -r ${RATE} -e signed -b 16 -c 2 - -t raw -e a-law -b 8 -`.split(' ');
  const sound = execFileSync('sox', raw, { input: Buffer.from(both.buffer), maxBuffer: 64e6 });
  return gzipSync(Buffer.concat([wavHeader(sound.length), sound]), { level: constants.Z_BEST_COMPRESSION });
}

/** sox cannot say how long it is in a pipe, and a WAV that is wrong about its length is no good example. */
function wavHeader(bytes: number): Buffer {
  const header = Buffer.alloc(46);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(bytes + 38, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(18, 16);
  header.writeUInt16LE(A_LAW, 20);
  header.writeUInt16LE(2, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 38, 'latin1');
  header.writeUInt32LE(bytes, 42);
  return header;
}

const folder = import.meta.dirname;
for (const file of readdirSync(folder).filter((name) => name.endsWith('.txt'))) {
  process.stdout.write(`${file}\n`);
  const play = readScreenplay(readFileSync(join(folder, file), 'utf8'));
  writeFileSync(join(folder, file.replace('.txt', '.wav.gz')), packed(stereo(play)));
}
