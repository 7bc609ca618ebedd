/**
 * One block of the Asterisk Manager Interface: an event, a response to one of our actions, or the greeting line.
 *
 * Fields keep their order and their repetitions (`ChanVariable` comes many times in one block). Names are compared
 * exactly: `HoldTime` and `Holdtime` are different fields in different events.
 */
export class Message {
  readonly kind: 'event' | 'response' | 'greeting' | 'other';
  /** `QueueCallerJoin`, `Success`, `Error`, …; the whole line of a greeting; empty for a block of another kind. */
  readonly name: string;
  readonly fields: readonly Field[];

  constructor(fields: readonly Field[], greeting = false) {
    const [name, value] = fields[0] ?? ['', ''];
    this.kind = greeting ? 'greeting' : name === 'Event' ? 'event' : name === 'Response' ? 'response' : 'other';
    this.name = this.kind === 'other' ? '' : value;
    this.fields = fields;
  }

  /** The first value of a field; undefined when the block has no such field, '' when it is there and empty. */
  first(name: string): string | undefined {
    for (const field of this.fields) if (field[0] === name) return field[1];
    return undefined;
  }

  /** Every value of a repeated field, in order. */
  all(name: string): string[] {
    return this.fields.filter((field) => field[0] === name).map((field) => field[1]);
  }

  /** The first value as a number; undefined when the field is missing, empty or not a number. */
  number(name: string): number | undefined {
    const text = this.first(name)?.trim();
    if (!text) return undefined;
    const value = Number(text);
    return Number.isFinite(value) ? value : undefined;
  }

  /** Which of our actions it answers; undefined for what nobody asked for. */
  get actionId(): string | undefined {
    return this.first('ActionID');
  }
}

/** Name and value. A line without a colon (old Asterisk's command output) has the name ''. */
export type Field = readonly [name: string, value: string];

/** An answer with the list that belongs to it, if there is one. */
export interface Answer {
  response: Message;
  list: Message[];
}
