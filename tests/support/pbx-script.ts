import type { Message } from '../../src/lib/server/telephony/asterisk/message.ts';
import { Parser } from '../../src/lib/server/telephony/asterisk/parse.ts';
import type { CapturePart } from './captures.ts';

/** One recorded block: where its bytes are, what it says, and whether it was meant for the recorder alone. */
export interface RecordedBlock {
  start: number;
  end: number;
  message: Message;
  /** The read classes that let a user hear it; empty when it is not an event for all. */
  classes: string[];
  /** Answers to the recorder's own actions: never played, but they seed the picture. */
  forRecorder: boolean;
}

export interface Script {
  part: CapturePart;
  blocks: RecordedBlock[];
  /** When the PBX had loaded everything, in ms of its clock; and when it was started, by its own `Uptime`. */
  bootedAt: number;
  startedAt: number;
  /** The first whole answer to QueueStatus, and to CoreShowChannels if the recorder asked at once. */
  firstQueueStatus: Message[];
  firstChannels: Message[] | null;
}

export function scriptOf(part: CapturePart): Script {
  const blocks = blocksOf(part);
  const boot = blocks.findIndex((block) => block.message.name === 'FullyBooted');
  // Every user hears FullyBooted at once after the login when the PBX was up already: that one was the recorder's.
  const afterLogin = boot === 2 && blocks[1]!.message.kind === 'response';
  if (afterLogin) blocks[boot]!.forRecorder = true;
  const toldAt = timeOf(part, blocks[boot]!.end);
  const uptime = blocks[boot]!.message.number('Uptime') ?? 0;
  return {
    part,
    blocks,
    bootedAt: afterLogin ? -Infinity : toldAt,
    startedAt: toldAt - uptime * 1000,
    firstQueueStatus: listing(blocks, 'QueueStatusComplete') ?? [],
    firstChannels: listing(blocks, 'CoreShowChannelsComplete')
  };
}

function blocksOf(part: CapturePart): RecordedBlock[] {
  const actionIds = new Set(part.sent.map((action) => action.actionId));
  const parser = new Parser();
  const blocks: RecordedBlock[] = [];
  let start = 0;
  while (start < part.bytes.length) {
    const terminator = start === 0 ? '\r\n' : '\r\n\r\n';
    const found = part.bytes.indexOf(terminator, start, 'latin1');
    const end = found < 0 ? part.bytes.length : found + terminator.length;
    const [message] = parser.push(part.bytes.subarray(start, end));
    if (message) {
      const classes = message.first('Privilege')?.split(',') ?? [];
      const forRecorder = message.kind !== 'event' || actionIds.has(message.actionId ?? '');
      blocks.push({ start, end, message, classes: classes.filter((name) => name !== 'all'), forRecorder });
    }
    start = end;
  }
  return blocks;
}

function listing(blocks: RecordedBlock[], complete: string): Message[] | null {
  const last = blocks.find((block) => block.message.name === complete)?.message;
  if (!last) return null;
  return blocks
    .map((block) => block.message)
    .filter((message) => message !== last && message.actionId === last.actionId);
}

/** All of one recorded listing, by its closing event. */
export function listingOf(script: Script, last: Message): Message[] {
  return script.blocks
    .map((block) => block.message)
    .filter((message) => message !== last && message.kind === 'event' && message.actionId === last.actionId);
}

function timeOf(part: CapturePart, offset: number): number {
  return part.chunks.find((chunk) => chunk.end >= offset)?.at ?? 0;
}
