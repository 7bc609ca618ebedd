/**
 * The heads of WAV files, read by ourselves: what comes from a folder is not trusted, so every length is checked against
 * the file, and what is not plainly sound of a telephone is refused.
 */

/** Whatever can be read from any place: a file, or what is left of one. */
export interface Bytes {
  size: number;
  /** Fewer than asked for only at the end. */
  read(position: number, length: number): Promise<Buffer>;
}

export type Coding = 'pcm8' | 'pcm16' | 'pcm24' | 'pcm32' | 'alaw' | 'ulaw';
export interface WavHead {
  coding: Coding;
  channels: 1 | 2;
  rate: number;
  /** Bytes of one sample of all channels. */
  frameBytes: number;
  /** Where the samples begin, and how many bytes of them the file really has. */
  dataFrom: number;
  dataBytes: number;
  /** The sizes were written at the end, as an exchange does when the recording is over. */
  closed: boolean;
}
/** `other-coding`: a WAV file, of something that only a decoder can read. */
export type WavRefused = 'not-wav' | 'rf64' | 'damaged' | 'other-coding' | 'too-long';

const CHUNKS_AT_MOST = 64;
export const LONGEST_MS = 4 * 3_600_000;
const PCM = 1;
const ALAW = 6;
const ULAW = 7;
const EXTENSIBLE = 0xfffe;
/** The tail of the identifier by which an extensible head says that it is one of the old codings. */
const OLD_CODINGS = Buffer.from('000000001000800000aa00389b71', 'hex');

export async function wavHead(bytes: Bytes): Promise<WavHead | WavRefused> {
  const riff = await bytes.read(0, 12);
  const magic = riff.toString('latin1', 0, 4);
  if (magic === 'RF64' || magic === 'BW64') return 'rf64';
  if (riff.length < 12 || magic !== 'RIFF' || riff.toString('latin1', 8, 12) !== 'WAVE') return 'not-wav';
  let format: Format | WavRefused | null = null;
  let at = 12;
  for (let chunks = 0; chunks < CHUNKS_AT_MOST; chunks++) {
    const head = await bytes.read(at, 8);
    if (head.length < 8) return 'damaged';
    const [name, length] = [head.toString('latin1', 0, 4), head.readUInt32LE(4)];
    if (name === 'data') {
      if (format === null) return 'damaged';
      return typeof format === 'string' ? format : withData(format, at + 8, length, bytes.size);
    }
    if (name === 'fmt ') {
      if (format !== null) return 'damaged';
      format = formatOf(await bytes.read(at + 8, Math.min(length, 40)));
    }
    // A chunk of odd length is followed by a byte that is nobody's.
    at += 8 + length + (length % 2);
    if (at > bytes.size) return 'damaged';
  }
  return 'damaged';
}

type Format = Pick<WavHead, 'coding' | 'channels' | 'rate' | 'frameBytes'>;

function formatOf(format: Buffer): Format | WavRefused {
  if (format.length < 16) return 'damaged';
  const [tag, channels, rate] = [format.readUInt16LE(0), format.readUInt16LE(2), format.readUInt32LE(4)];
  const [frameBytes, bits] = [format.readUInt16LE(12), format.readUInt16LE(14)];
  const coding = codingOf(tag, bits, format);
  if (coding === null) return 'other-coding';
  if (channels !== 1 && channels !== 2) return 'damaged';
  if (rate < 8_000 || rate > 48_000) return 'damaged';
  if (frameBytes !== (channels * bits) / 8) return 'damaged';
  return { coding, channels, rate, frameBytes };
}

function codingOf(tag: number, bits: number, format: Buffer): Coding | null {
  if (tag === EXTENSIBLE) {
    if (format.length < 40 || !format.subarray(26, 40).equals(OLD_CODINGS)) return null;
    const inner = format.readUInt16LE(24);
    return inner === PCM ? codingOf(PCM, bits, format) : null;
  }
  if (tag === PCM && (bits === 8 || bits === 16 || bits === 24 || bits === 32)) return `pcm${bits}`;
  if (tag === ALAW && bits === 8) return 'alaw';
  return tag === ULAW && bits === 8 ? 'ulaw' : null;
}

function withData(format: Format, dataFrom: number, told: number, size: number): WavHead | WavRefused {
  const there = Math.max(0, size - dataFrom);
  // 0, or all ones, is what stands there while the recording goes on.
  const closed = told !== 0 && told !== 0xffffffff && told <= there;
  const bytes = told === 0 || told === 0xffffffff ? there : Math.min(told, there);
  const dataBytes = bytes - (bytes % format.frameBytes);
  if (dataBytes === 0) return 'damaged';
  if ((dataBytes / format.frameBytes / format.rate) * 1_000 > LONGEST_MS) return 'too-long';
  return { ...format, dataFrom, dataBytes, closed };
}

export const frameCount = ({ dataBytes, frameBytes }: Pick<WavHead, 'dataBytes' | 'frameBytes'>): number =>
  dataBytes / frameBytes;

export const WAV_HEADER_BYTES = 44;
/** The head of a WAV file of signed 16-bit samples: all that a browser needs to play and to find any second. */
export function wavHeaderOf({ rate, channels }: { rate: number; channels: number }, dataBytes: number): Buffer {
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(PCM, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * channels * 2, 28);
  header.writeUInt16LE(channels * 2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}
