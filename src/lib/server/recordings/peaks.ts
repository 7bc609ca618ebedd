/**
 * How loud a recording is along its way: what a waveform is drawn from, and what the player finds silences by. It shows
 * who spoke when, so it is kept as carefully as the sound.
 */

/** Windows a second: fine enough to find where somebody begins to speak, and an hour is 144 kB for two voices. */
export const PEAKS_PER_SECOND = 20;

/** Takes samples as they come, in their order; `peaks` has one byte per window and channel, interleaved. */
export function createPeakMeter({ rate, channels }: { rate: number; channels: number }) {
  const windowFrames = rate / PEAKS_PER_SECOND;
  const done: Buffer[] = [];
  const loudest = new Int32Array(channels);
  let inWindow = 0;
  const close = (into: Buffer, at: number): void => {
    for (let channel = 0; channel < channels; channel++) into[at + channel] = loudness(loudest[channel]!);
    loudest.fill(0);
    inWindow = 0;
  };
  return {
    push(samples: Int16Array): void {
      const frames = samples.length / channels;
      const made = Buffer.alloc(Math.floor((inWindow + frames) / windowFrames) * channels);
      let at = 0;
      for (let index = 0; index < samples.length;) {
        const untilClose = Math.min(frames - index / channels, windowFrames - inWindow);
        const end = index + untilClose * channels;
        for (; index < end; index += channels)
          for (let channel = 0; channel < channels; channel++) {
            const size = Math.abs(samples[index + channel]!);
            if (size > loudest[channel]!) loudest[channel] = size;
          }
        inWindow += untilClose;
        if (inWindow < windowFrames) break;
        close(made, at);
        at += channels;
      }
      done.push(made);
    },
    /** All of them; a last window that is not full counts as one. */
    peaks(): Buffer {
      if (inWindow > 0) {
        const rest = Buffer.alloc(channels);
        close(rest, 0);
        done.push(rest);
      }
      return Buffer.concat(done);
    }
  };
}

/** The square root, so that a quiet voice is still seen beside a loud one: 255 is as loud as can be. */
const loudness = (size: number): number => Math.min(255, Math.round(255 * Math.sqrt(size / 32_767)));

export const PEAKS_HEADER_BYTES = 16;
/** What a player is given: `SGP1`, channels, windows a second, how late the recording begins, windows; then the bytes. */
export function peaksHeaderOf(told: { channels: number; lateMs: number; windows: number }): Buffer {
  const header = Buffer.alloc(PEAKS_HEADER_BYTES);
  header.write('SGP1', 0, 'latin1');
  header.writeUInt16BE(told.channels, 4);
  header.writeUInt16BE(PEAKS_PER_SECOND, 6);
  header.writeUInt32BE(told.lateMs, 8);
  header.writeUInt32BE(told.windows, 12);
  return header;
}
