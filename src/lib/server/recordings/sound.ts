/** The sound and the peaks of a slot, over HTTP: who may, the row in the listening log, and then the first byte. */
import type { Viewer } from '../../domain/access.ts';
import { byteRange } from './byte-range.ts';
import { openHearing, type Heard, type HearingParts } from './hearing.ts';
import { openResponses } from './open-responses.ts';
import { PEAKS_HEADER_BYTES, PEAKS_PER_SECOND, peaksHeaderOf } from './peaks.ts';
import type { ListeningLog } from './ports.ts';
import { virtualBytes, virtualWav, type VirtualWav } from './virtual-wav.ts';
import { WAV_HEADER_BYTES } from './wav.ts';

/** What a request for sound needs beside itself. */
export interface Listener {
  slot: string;
  /** Who asks, by what the request carries: asked anew each time, so that a sign-out is noticed. */
  who(): Promise<Viewer | null>;
  /** Ends the connection under the response. */
  cut(): void;
}

export interface Sound {
  /** Answers GET and HEAD. */
  sound(request: Request, listener: Listener): Promise<Response>;
  peaks(request: Request, listener: Listener): Promise<Response>;
  /** How many responses with sound are under way. */
  listening(): number;
  close(): void;
}

export interface SoundParts extends HearingParts {
  listening: ListeningLog;
  now(): number;
  log: { warn(fields: object, text: string): void };
}

/** No validator, no name, no cache anywhere: each time is asked for, and each time is told. */
const HEADERS = {
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin'
};
const nothing = () => new Response(null, { status: 404, headers: HEADERS });

export function createSound(parts: SoundParts): Sound {
  const { authority, listening, now, log } = parts;
  const responses = openResponses();

  async function sound(request: Request, { slot, who, cut }: Listener): Promise<Response> {
    if (!fromOurPage(request, ['audio', 'empty'])) return nothing();
    const viewer = await who();
    const heard = await openHearing(parts, viewer, slot, 'sound');
    if (heard === null || viewer?.kind !== 'person') return nothing();
    const { file, hearing } = heard;
    try {
      const wav = virtualWav(heard.recording, heard.part, file.plainLength);
      // Without a validator nobody can know that the rest belongs to what they have: then it is sent from the beginning.
      const range = byteRange(request.headers.has('if-range') ? null : request.headers.get('range'), wav.length);
      const headers = { ...HEADERS, 'content-type': 'audio/wav', 'accept-ranges': 'bytes' };
      if (range === null) {
        await file.close();
        return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${wav.length}` } });
      }
      const { from, until } = range === 'all' ? { from: 0, until: wav.length } : range;
      const status = range === 'all' ? 200 : 206;
      const told = {
        ...headers,
        'content-length': String(until - from),
        ...(status === 206 && { 'content-range': `bytes ${from}-${until - 1}/${wav.length}` })
      };
      if (request.method === 'HEAD') {
        await file.close();
        return new Response(null, { status, headers: told });
      }
      // Unlocked once before anything is told or sent: what cannot be read was not listened to.
      await unlockedAt(file, wav, from);
      if (hearing.logged) await listening.heard(viewer.personId, slot, now());
      const bytes = virtualBytes(wav, (first, last) => file.read(first, last), from, until);
      const body = responses.body(viewer.personId, bytes, {
        async stillMay() {
          const present = await who();
          if (present?.kind !== 'person' || present.personId !== viewer.personId) return false;
          const still = await authority.mayHear(present, slot);
          return still !== null && sameHearing(still, hearing);
        },
        cut,
        closed: () => void file.close().catch(() => undefined)
      });
      return new Response(body, { status, headers: told });
    } catch (error) {
      await file.close().catch(() => undefined);
      if (error instanceof Error && error.name === 'FileDamaged') {
        log.warn({ code: 'recording-damaged' }, 'A recording cannot be unlocked');
        return nothing();
      }
      // The log of who listens could not be written: then nobody listens.
      log.warn({ err: error, code: 'listening-not-told' }, 'Sound was refused, because nobody would have been told');
      return new Response(null, { status: 503, headers: HEADERS });
    }
  }

  async function peaks(request: Request, { slot, who }: Listener): Promise<Response> {
    if (!fromOurPage(request, ['empty'])) return nothing();
    const heard = await openHearing(parts, await who(), slot, 'peaks');
    if (heard === null) return nothing();
    try {
      const body = await ownPeaks(heard);
      const headers = {
        ...HEADERS,
        'content-type': 'application/octet-stream',
        'content-length': String(body.length)
      };
      return new Response(request.method === 'HEAD' ? null : Uint8Array.from(body), { headers });
    } catch {
      log.warn({ code: 'recording-damaged' }, 'Peaks cannot be unlocked');
      return nothing();
    } finally {
      await heard.file.close();
    }
  }

  return { sound, peaks, listening: responses.count, close: () => responses.closeAll() };
}

/** The windows that lie wholly within the part: one that is half outside would show what is not theirs. */
async function ownPeaks({ file, recording: { channels, lengthMs }, part }: Heard): Promise<Buffer> {
  const windows = file.plainLength / channels;
  const windowMs = 1_000 / PEAKS_PER_SECOND;
  const first = Math.min(windows, Math.ceil(part.fromMs / windowMs));
  // The last window of a recording may be shorter than the others, and is then whole with it.
  const last = part.untilMs >= lengthMs ? windows : Math.min(windows, Math.floor(part.untilMs / windowMs));
  const late = Math.round(part.lateMs / windowMs);
  const pieces: Buffer[] = [];
  if (last > first) for await (const piece of file.read(first * channels, last * channels)) pieces.push(piece);
  const own = late + Math.max(0, last - first);
  const body = Buffer.alloc(PEAKS_HEADER_BYTES + own * channels);
  peaksHeaderOf({ channels, lateMs: part.lateMs, windows: own }).copy(body);
  Buffer.concat(pieces).copy(body, PEAKS_HEADER_BYTES + late * channels);
  return body;
}

/** Reads the first sound that a range from here would give. */
async function unlockedAt(file: Heard['file'], wav: VirtualWav, from: number): Promise<void> {
  const within = Math.max(0, from - WAV_HEADER_BYTES - wav.silenceBytes);
  const first = wav.sampleFrom + Math.min(within, wav.sampleBytes - 1);
  await file.read(first, first + 1).next();
}

const sameHearing = (a: Heard['hearing'], b: Heard['hearing']): boolean =>
  a.entry === b.entry && a.spanFrom === b.spanFrom && a.spanTo === b.spanTo && a.logged === b.logged;

/** A browser says where a request comes from and what for; another site's player is answered as a stranger is. */
function fromOurPage({ headers }: Request, purposes: readonly string[]): boolean {
  const [site, purpose] = [headers.get('sec-fetch-site'), headers.get('sec-fetch-dest')];
  return (site === null || site === 'same-origin') && (purpose === null || purposes.includes(purpose));
}
