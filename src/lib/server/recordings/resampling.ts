/** Takes samples in as they come, and gives back what can be told of the new rate so far. */
export interface Resampler {
  push(samples: Int16Array): Int16Array;
  end(): Int16Array;
}

/** Zero crossings of the filter on each side: enough that nothing audible folds back into a telephone's band. */
const LOBES = 12;

/**
 * From one rate to another, by a windowed sinc: what lies above half the new rate is taken away first, or it would come
 * back as a whistle within it. Interleaved samples; gives exactly `total` frames in all.
 */
export function createResampler(from: number, to: number, channels: number, total: number): Resampler {
  if (from === to) return unchanged(channels, total);
  const step = from / to;
  const reach = Math.ceil(LOBES * Math.max(1, step));
  const weights = weightsFor(step, reach);
  // Silence before the first sample and after the last, so that the filter has something to stand on.
  let frames = new Float64Array(reach * channels);
  let [firstFrame, made] = [-reach, 0];

  function take(samples: Int16Array | Float64Array): void {
    const joined = new Float64Array(frames.length + samples.length);
    joined.set(frames);
    joined.set(samples, frames.length);
    frames = joined;
  }
  function give(): Int16Array {
    const lastFrame = firstFrame + frames.length / channels - 1;
    const ready = Math.min(total, Math.floor((lastFrame - reach) / step) + 1);
    const out = new Int16Array(Math.max(0, ready - made) * channels);
    for (let index = 0; made < ready; made++) {
      const centre = made * step;
      const nearest = Math.floor(centre);
      const taps = weights(centre - nearest);
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        let at = (nearest - reach + 1 - firstFrame) * channels + channel;
        for (const weight of taps) {
          sum += weight * frames[at]!;
          at += channels;
        }
        out[index++] = Math.max(-32_768, Math.min(32_767, Math.round(sum)));
      }
    }
    const needed = Math.floor(made * step) - reach + 1 - firstFrame;
    if (needed > 0) {
      frames = frames.slice(needed * channels);
      firstFrame += needed;
    }
    return out;
  }
  return {
    push(samples) {
      take(samples);
      return give();
    },
    end() {
      take(new Float64Array(2 * reach * channels));
      return give();
    }
  };
}

/** The filter at a place between two samples. The places repeat, so each is reckoned once. */
function weightsFor(step: number, reach: number): (offset: number) => Float64Array {
  const made = new Map<number, Float64Array>();
  const cutoff = 1 / Math.max(1, step);
  return (offset) => {
    const place = Math.round(offset * 1_000) / 1_000;
    const known = made.get(place);
    if (known) return known;
    const taps = new Float64Array(2 * reach);
    let sum = 0;
    for (let index = 0; index < taps.length; index++) {
      const x = index - reach + 1 - place;
      const window = Math.abs(x) >= reach ? 0 : 0.5 + 0.5 * Math.cos((Math.PI * x) / reach);
      const sinc = x === 0 ? 1 : Math.sin(Math.PI * x * cutoff) / (Math.PI * x * cutoff);
      taps[index] = sinc * window;
      sum += taps[index]!;
    }
    // Together they weigh 1, so that the loudness stays.
    for (let index = 0; index < taps.length; index++) taps[index]! /= sum;
    made.set(place, taps);
    return taps;
  };
}

function unchanged(channels: number, total: number): Resampler {
  let left = total * channels;
  return {
    push(samples) {
      const taken = samples.subarray(0, left);
      left -= taken.length;
      return taken;
    },
    end: () => new Int16Array(0)
  };
}
