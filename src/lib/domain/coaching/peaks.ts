/** The peaks of a call as a player has them: how loud each voice was, so many times a second. */
export interface Peaks {
  channels: number;
  perSecond: number;
  /** How much of the talk went by before the recording began. */
  lateMs: number;
  /** 0 to 255, the square root of the loudest sample; interleaved. */
  values: Uint8Array;
}

const HEADER_BYTES = 16;

/** Null for bytes that are none. */
export function readPeaks(bytes: ArrayBuffer): Peaks | null {
  if (bytes.byteLength < HEADER_BYTES) return null;
  const view = new DataView(bytes);
  const [magic, channels, perSecond] = [view.getUint32(0), view.getUint16(4), view.getUint16(6)];
  const windows = view.getUint32(12);
  // `SGP1`
  if (magic !== 0x53475031 || channels < 1 || perSecond < 1) return null;
  const values = new Uint8Array(bytes, HEADER_BYTES);
  return values.length === windows * channels ? { channels, perSecond, lateMs: view.getUint32(8), values } : null;
}

export const lengthOf = ({ values, channels, perSecond }: Peaks): number =>
  Math.round((values.length / channels / perSecond) * 1_000);

/** So many bars, from 0 to 1, each as high as the loudest of its part of the call. */
export function bars({ values, channels }: Peaks, channel: number, count: number): number[] {
  const windows = values.length / channels;
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * windows) / count);
    const until = Math.max(from + 1, Math.floor(((bar + 1) * windows) / count));
    let loudest = 0;
    for (let window = from; window < Math.min(until, windows); window++)
      loudest = Math.max(loudest, values[window * channels + channel]!);
    return loudest / 255;
  });
}

/** A stretch in which nobody says anything. */
export interface Silence {
  fromMs: number;
  untilMs: number;
}

/** Shorter ones are how people breathe, and are left alone. */
const LEAST_SILENCE_MS = 2_000;
/** What is left of a silence at both its ends, so that no word is cut. */
const LEFT_MS = 400;
const [QUIETEST, LOUDEST] = [14, 45];

/**
 * Where a listener may be carried on. What counts as silent follows the line's own hum: what is a little louder than the
 * quietest tenth. It is reckoned in the player for whoever listens, and never stored or shown as a figure.
 */
export function silences({ values, channels, perSecond }: Peaks): Silence[] {
  const windows = values.length / channels;
  const loudness = Array.from({ length: windows }, (_, window) =>
    Math.max(...values.subarray(window * channels, (window + 1) * channels))
  );
  const hum = [...loudness].sort((a, b) => a - b)[Math.floor(windows / 10)] ?? 0;
  const silent = Math.min(LOUDEST, Math.max(QUIETEST, hum * 1.6));
  const windowMs = 1_000 / perSecond;
  const found: Silence[] = [];
  let from: number | null = null;
  for (let window = 0; window <= windows; window++) {
    const quiet = window < windows && loudness[window]! <= silent;
    if (quiet) from ??= window;
    else if (from !== null) {
      if ((window - from) * windowMs >= LEAST_SILENCE_MS)
        found.push({ fromMs: from * windowMs + LEFT_MS, untilMs: window * windowMs - LEFT_MS });
      from = null;
    }
  }
  return found;
}
