import { resolve } from 'node:path';
import type { Environment, Refuse } from './config-refused.ts';

/** Where recordings of calls come in, and what becomes of the files. */
export interface RecordingsConfig {
  /** The folder that is watched; null: nothing is recorded. */
  folder: string | null;
  /** What becomes of a file once it was taken in, or was not to be. */
  afterImport: 'delete' | 'keep';
  /** How a file is named, so that its call can be told: see `recordings/file-name.ts`. */
  name: string;
  /** Where the exchange begins to record, when the name does not tell: at the answer, or as the caller joins the queue. */
  begins: 'answer' | 'queue';
  /** What reads other forms than WAV. */
  ffmpeg: string;
}

const VARIABLES = ['DIR', 'AFTER_IMPORT', 'NAME', 'BEGINS', 'KEY', 'KEY_FILE'].map((name) => `RECORDINGS_${name}`);

export function readRecordings(
  env: Environment,
  text: (name: string) => string | null,
  refuse: Refuse
): RecordingsConfig {
  for (const name of Object.keys(env).filter((each) => each.startsWith('RECORDINGS_') && text(each)))
    if (!VARIABLES.includes(name)) refuse(name, 'there is no such setting.', `Use ${VARIABLES.join(', ')}.`);
  const afterImport = text('RECORDINGS_AFTER_IMPORT') ?? 'delete';
  if (afterImport !== 'delete' && afterImport !== 'keep')
    refuse(
      'RECORDINGS_AFTER_IMPORT',
      `"${afterImport}" is neither delete nor keep.`,
      'Leave it out, and files are deleted once they have been dealt with; or set keep, and see to them yourself.',
      'Recordings could stay readable in the folder against your will, so Stämgaffeln does not start.'
    );
  const begins = text('RECORDINGS_BEGINS') ?? 'answer';
  if (begins !== 'answer' && begins !== 'queue')
    refuse(
      'RECORDINGS_BEGINS',
      `"${begins}" is neither answer nor queue.`,
      'Set answer where the queue itself records, queue where MixMonitor is started before Queue().',
      'The wrong seconds could be taken for the talk, so Stämgaffeln does not start.'
    );
  const name = text('RECORDINGS_NAME') ?? '*{uniqueid}*';
  if (name.split('{uniqueid}').length !== 2 || /\{(?!uniqueid\}|source\})|%[^YmdHMS]/.test(name) || name.includes('/'))
    refuse(
      'RECORDINGS_NAME',
      `"${name}" does not say where the call's Uniqueid stands.`,
      'Write {uniqueid} once, {source} if the exchange is named, %Y %m %d %H %M %S for the time, * for the rest: *-%Y%m%d-%H%M%S-{uniqueid}.wav.',
      'No recording could be told to be of any call, so Stämgaffeln does not start.'
    );
  const folder = text('RECORDINGS_DIR');
  return {
    folder: folder && resolve(folder),
    afterImport: afterImport === 'keep' ? 'keep' : 'delete',
    name,
    begins: begins === 'queue' ? 'queue' : 'answer',
    ffmpeg: text('FFMPEG') ?? 'ffmpeg'
  };
}
