/**
 * A call of the demonstration as it is written beside its sound: who speaks when, and what. The agent is `S`, the caller
 * `R`; `[reads, 12 s]` is heard as silence, `[slowly]` slows the sentence that follows.
 */
export interface Screenplay {
  agent: { name: string; voice: string };
  caller: { voice: string };
  lengthMs: number;
  turns: readonly Turn[];
}
export interface Turn {
  atMs: number;
  who: 'agent' | 'caller';
  parts: readonly Part[];
}
export type Part = { says: string; slowly: boolean } | { silentMs: number };

const msOf = (clock: string): number => {
  const [minutes = '', seconds = ''] = clock.split(':');
  return (Number(minutes) * 60 + Number(seconds)) * 1000;
};

export function readScreenplay(text: string): Screenplay {
  const found = (pattern: RegExp, what: string): RegExpMatchArray => {
    const match = text.match(pattern);
    if (!match) throw new Error(`The screenplay does not say ${what}.`);
    return match;
  };
  const [, name = '', agentVoice = ''] = found(/^agent (\S+) (\S+)$/m, 'who answers, and in which voice');
  const [, callerVoice = ''] = found(/^caller (\S+)$/m, 'in which voice one calls');
  const [, length = ''] = found(/^length (\d+:\d\d)$/m, 'how long it is');
  const turns = [...text.matchAll(/^(\d+:\d\d) ([SR]) (.+)$/gm)].map(([, at = '', who, says = '']): Turn => ({
    atMs: msOf(at),
    who: who === 'S' ? 'agent' : 'caller',
    parts: partsOf(says)
  }));
  if (turns.length === 0) throw new Error('Nobody speaks in the screenplay.');
  return { agent: { name, voice: agentVoice }, caller: { voice: callerVoice }, lengthMs: msOf(length), turns };
}

function partsOf(says: string): Part[] {
  const parts: Part[] = [];
  let slowly = false;
  for (const piece of says.split(/(\[[^\]]*\])/)) {
    const silent = piece.match(/^\[[^\]]*, (\d+) s\]$/);
    if (silent) parts.push({ silentMs: Number(silent[1]) * 1000 });
    else if (piece === '[slowly]') slowly = true;
    else if (piece.trim() !== '') {
      parts.push({ says: piece.trim(), slowly });
      slowly = false;
    }
  }
  return parts;
}
