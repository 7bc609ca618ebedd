import type { AgentToken, CallEvent, SourceName, Told } from '../../domain/telephony/event.ts';
import type { Instant } from '../../domain/time.ts';
import type { Incoming, Register } from './ports.ts';

export interface ExchangePorts {
  register: Register;
  /** The token under which this key stands on the floor now: an agent keeps it through a talk over the month's turn. */
  tokenOnFloor(source: SourceName, key: string): AgentToken | undefined;
  /** Names the month of an instant in the centre's zone; tokens are new each month. */
  monthOf(at: Instant): string;
}

/**
 * Exchanges a source's own words for ours: the PBX's key of an agent for this month's token, the PBX's name of a queue
 * for its internal id, the caller's number for a token that links eight days and then nothing. After this point no
 * number, extension or name exists.
 */
export async function exchange(source: SourceName, told: Told[], ports: ExchangePorts): Promise<Incoming[]> {
  const tokens = await agentTokens(source, told, ports);
  const token = (one: Told, key: string) => tokens.get(agentSlot(source, one, key, ports))!;
  const queues = new Map<string, string>();
  for (const name of new Set(told.flatMap(({ event }) => queueNames(event)))) {
    queues.set(name, await ports.register.queueId(source, name));
  }
  // All at once: the register writes the tokens of all new callers together, instead of syncing the disk for each.
  const offers = told.filter(({ event }) => event.kind === 'CallOffered' && event.caller !== undefined);
  const callers = new Map(
    await Promise.all(offers.map(async (one) => [one, await callerToken(source, one, ports.register)] as const))
  );

  const exchanged: Incoming[] = [];
  for (const one of told) {
    const event: CallEvent = { ...one.event };
    if ('queue' in event) event.queue = queues.get(event.queue)!;
    if ('agent' in event) event.agent = token(one, event.agent);
    if (event.kind === 'CallOffered') {
      if (event.from) event.from = queues.get(event.from)!;
      event.caller = callers.get(one);
    }
    if (event.kind === 'EntryCorrected') {
      if (event.was.agent) event.was = { ...event.was, agent: token(one, event.was.agent) };
      if (event.now.agent) event.now = { ...event.now, agent: token(one, event.now.agent) };
    }
    exchanged.push({ ...one, source, event });
  }
  return exchanged;
}

async function callerToken(source: SourceName, { at, event }: Told, register: Register): Promise<string | undefined> {
  return event.kind === 'CallOffered' && event.caller ? register.callerToken(source, event.caller, at) : undefined;
}

function queueNames(event: CallEvent): string[] {
  if (!('queue' in event)) return [];
  return event.kind === 'CallOffered' && event.from ? [event.queue, event.from] : [event.queue];
}

function agentKeys(event: CallEvent): string[] {
  if (event.kind === 'EntryCorrected')
    return [event.was.agent, event.now.agent].filter((key) => typeof key === 'string');
  return 'agent' in event ? [event.agent] : [];
}

/** One key has one token a month; live, it has the one it stands on the floor with. */
function agentSlot(source: SourceName, one: Told, key: string, ports: ExchangePorts): string {
  const present = one.lane === 'live' && ports.tokenOnFloor(source, key) !== undefined;
  return `${present ? 'floor' : ports.monthOf(one.at)}|${key}`;
}

async function agentTokens(source: SourceName, told: Told[], ports: ExchangePorts): Promise<Map<string, AgentToken>> {
  const tokens = new Map<string, AgentToken>();
  const missing = new Map<string, { keys: Set<string>; at: Instant }>();
  for (const one of told) {
    for (const key of agentKeys(one.event)) {
      const slot = agentSlot(source, one, key, ports);
      if (tokens.has(slot)) continue;
      if (slot.startsWith('floor|')) {
        tokens.set(slot, ports.tokenOnFloor(source, key)!);
        continue;
      }
      const month = ports.monthOf(one.at);
      const group = missing.get(month) ?? { keys: new Set<string>(), at: one.at };
      group.keys.add(key);
      missing.set(month, group);
    }
  }
  for (const [month, { keys, at }] of missing) {
    for (const [key, token] of await ports.register.agentTokens(source, [...keys], at))
      tokens.set(`${month}|${key}`, token);
  }
  return tokens;
}
