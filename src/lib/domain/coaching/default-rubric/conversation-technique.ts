import type { RubricText } from '../rubric.ts';
import { closing } from './closing.ts';
import { guidance } from './guidance.ts';
import { meeting } from './meeting.ts';
import { passingOn } from './passing-on.ts';
import { presence } from './presence.ts';
import { recognition } from './recognition.ts';
import { understanding } from './understanding.ts';

/**
 * The rubric that a site begins with, in the order of a call. `{city}` stands where the site's own name goes; it is
 * filled in when the site makes its first version, so that a published text is read exactly as it is kept.
 */
export const CONVERSATION_TECHNIQUE: RubricText = {
  name: { sv: 'Samtalsteknik', en: 'Conversation technique' },
  lead: {
    sv: 'Lyssna först efter det som bär. Nivåerna beskriver vad som hörs i samtalet, inte vem du är.',
    en: 'Listen first for what carries the call. The levels describe what is heard in it, not who you are.'
  },
  levels: {
    1: {
      sv: 'En del av området hörs. Den som ringer får själv fylla i resten.',
      en: 'Part of it is heard. The caller fills in the rest.'
    },
    2: {
      sv: 'Grunden hörs, på samma sätt i de flesta samtal.',
      en: 'The base is heard, in the same way in most calls.'
    },
    3: {
      sv: 'Det hörs genom samtalet och utgår från just den här personen.',
      en: 'It is heard all through and starts from this very person.'
    },
    4: {
      sv: 'Det kommer ett steg före det personen hinner fråga om. En kollega kan lära genom att lyssna.',
      en: 'It comes one step before the caller has to ask. A colleague could learn by listening.'
    },
    'not-applicable': { sv: 'Samtalet gav inget tillfälle.', en: 'The call gave no occasion for it.' }
  },
  criteria: [recognition, presence, understanding, guidance, meeting, passingOn, closing]
};
