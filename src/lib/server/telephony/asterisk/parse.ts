import { isUtf8 } from 'node:buffer';
import { Message, type Field } from './message.ts';

/** Lines and blocks longer than this are skipped and counted, so that no PBX can fill our memory. */
export interface Bounds {
  lineBytes: number;
  blockBytes: number;
}
/** In all recordings the longest line has 195 bytes and the longest block 2 545; texts of a dial plan may be longer. */
const ample: Bounds = { lineBytes: 16 * 1024, blockBytes: 256 * 1024 };

const CR = 13;
const LF = 10;

/**
 * Cuts the bytes of one connection into messages, whatever the network's cuts were.
 *
 * The greeting is one line without a blank line after it. Every block ends with CR LF CR LF and nothing else ends one:
 * a bare LF only ends a line. A block over the bounds is left out and counted, and the next one is read as if nothing
 * had happened. Bytes that are not UTF-8 (names typed on an old PBX) are read as latin-1, line by line, so that one
 * of them does not spoil the others.
 */
export class Parser {
  /** Blocks left out because they were longer than the bounds. */
  skipped = 0;

  #bounds: Bounds;
  #held: Buffer = Buffer.allocUnsafe(4096);
  #heldBytes = 0; // of the block that has not ended yet
  #ending = 0; // how many bytes of CR LF CR LF the last bytes are
  #blockBytes = 0;
  #lineBytes = 0;
  #tooLong = false;
  #ascii = true;
  #greeted = false;

  constructor(bounds: Bounds = ample) {
    this.#bounds = bounds;
  }

  push(chunk: Uint8Array): Message[] {
    const messages: Message[] = [];
    const { lineBytes: lineMost, blockBytes: blockMost } = this.#bounds;
    let start = 0; // of the present block's part of this chunk
    let ending = this.#ending;
    let line = this.#lineBytes;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      line++;
      if (byte === CR) {
        ending = ending === 2 ? 3 : 1;
      } else if (byte === LF) {
        ending = ending === 1 ? 2 : ending === 3 ? 4 : 0;
        line = 0;
      } else {
        ending = 0;
        if (byte > 127) this.#ascii = false;
        if (line > lineMost) this.#tooLong = true;
      }
      if (ending < 4 && (this.#greeted || ending < 2)) continue;
      this.#end(chunk, start, i + 1, messages);
      start = i + 1;
      ending = 0;
      line = 0;
    }
    if (this.#blockBytes + chunk.length - start > blockMost) this.#tooLong = true;
    this.#hold(chunk, start, chunk.length);
    this.#ending = ending;
    this.#lineBytes = line;
    return messages;
  }

  #end(chunk: Uint8Array, start: number, end: number, messages: Message[]): void {
    const greeting = !this.#greeted;
    this.#greeted = true;
    if (this.#blockBytes + end - start > this.#bounds.blockBytes) this.#tooLong = true;
    if (this.#tooLong) {
      this.skipped++;
    } else {
      const block = this.#block(chunk, start, end);
      const fields: Field[] = greeting
        ? [['', text(block, this.#ascii).trimEnd()]]
        : this.#ascii
          ? fieldsOf(block.toString('latin1'))
          : fieldsOfBytes(block);
      if (fields.length > 0) messages.push(new Message(fields, greeting));
    }
    this.#heldBytes = 0;
    this.#blockBytes = 0;
    this.#tooLong = false;
    this.#ascii = true;
  }

  /** The whole block, without a copy when it lies within one chunk, as most do. */
  #block(chunk: Uint8Array, start: number, end: number): Buffer {
    if (this.#heldBytes === 0) return Buffer.from(chunk.buffer, chunk.byteOffset + start, end - start);
    this.#hold(chunk, start, end);
    return this.#held.subarray(0, this.#heldBytes);
  }

  #hold(chunk: Uint8Array, start: number, end: number): void {
    const bytes = end - start;
    if (bytes === 0) return;
    this.#blockBytes += bytes;
    if (this.#tooLong) {
      this.#heldBytes = 0;
      return;
    }
    const needed = this.#heldBytes + bytes;
    if (needed > this.#held.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.#held.length * 2));
      this.#held.copy(larger, 0, 0, this.#heldBytes);
      this.#held = larger;
    }
    if (bytes === 1) this.#held[this.#heldBytes] = chunk[start]!;
    else this.#held.set(chunk.subarray(start, end), this.#heldBytes);
    this.#heldBytes = needed;
  }
}

function text(bytes: Buffer, ascii: boolean): string {
  return !ascii && isUtf8(bytes) ? bytes.toString('utf8') : bytes.toString('latin1');
}

function fieldsOf(block: string): Field[] {
  const fields: Field[] = [];
  let start = 0;
  while (start < block.length) {
    const lf = block.indexOf('\n', start); // the block ends with one
    addField(fields, block, start, lf > start && block.charCodeAt(lf - 1) === CR ? lf - 1 : lf);
    start = lf + 1;
  }
  return fields;
}

function fieldsOfBytes(block: Buffer): Field[] {
  const fields: Field[] = [];
  let start = 0;
  while (start < block.length) {
    const lf = block.indexOf(LF, start);
    const end = lf > start && block[lf - 1] === CR ? lf - 1 : lf;
    const line = text(block.subarray(start, end), false);
    addField(fields, line, 0, line.length);
    start = lf + 1;
  }
  return fields;
}

/** `Name: value`; the value may be empty, with or without the blank. */
function addField(fields: Field[], block: string, start: number, end: number): void {
  if (end <= start) return;
  const colon = block.indexOf(':', start);
  if (colon < 0 || colon >= end) {
    fields.push(['', block.slice(start, end)]);
    return;
  }
  const value = block.charCodeAt(colon + 1) === 32 && colon + 1 < end ? colon + 2 : colon + 1;
  fields.push([block.slice(start, colon), block.slice(value, end)]);
}
