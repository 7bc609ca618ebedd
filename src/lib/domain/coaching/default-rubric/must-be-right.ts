import type { MustBeRightPoint } from '../level.ts';
import type { Worded } from '../rubric.ts';

export interface MustBeRightText {
  name: Worded;
  question: Worded;
  /** How it sounds when it is right. */
  example: Worded;
}

/**
 * The four things that must be right in every call, for the caller's sake. They stand beside the review and never in it:
 * no level, no count, no total. What was answered is destroyed when the review is acknowledged.
 */
export const MUST_BE_RIGHT: Readonly<Record<MustBeRightPoint, MustBeRightText>> = {
  secrecy: {
    name: { sv: 'Sekretess', en: 'Secrecy' },
    question: { sv: 'Stannade det som ska vara skyddat hos oss?', en: 'Did what is protected stay with us?' },
    example: {
      sv: 'Jag får varken säga ja eller nej till om någon har ett ärende hos oss. Men jag kan berätta hur det går till.',
      en: 'I may say neither yes nor no to whether anyone has a case with us. But I can tell you how it works.'
    }
  },
  identity: {
    name: { sv: 'Identitet', en: 'Identity' },
    question: {
      sv: 'Visste vi vem vi talade med innan något personligt sades?',
      en: 'Did we know who we spoke with before anything personal was said?'
    },
    example: {
      sv: 'Innan jag går in i ditt ärende behöver jag veta att det är du.',
      en: "Before I open your case I need to know that it's you."
    }
  },
  facts: {
    name: { sv: 'Rätta uppgifter', en: 'Correct facts' },
    question: { sv: 'Var det vi sa riktigt den dagen?', en: 'Was what we said correct on that day?' },
    example: {
      sv: 'Det vill jag vara säker på innan jag svarar. Jag tittar efter.',
      en: 'I want to be sure before I answer. Let me look.'
    }
  },
  promises: {
    name: { sv: 'Bara våra löften', en: 'Only our own promises' },
    question: { sv: 'Lovade vi bara det som är vårt att hålla?', en: 'Did we promise only what is ours to keep?' },
    example: {
      sv: 'Det beslutet är inte mitt. Det jag kan lova är att din fråga går fram i dag.',
      en: "That decision isn't mine. What I can promise is that your question goes on today."
    }
  }
};

export const MUST_BE_RIGHT_LEAD: Worded = {
  sv: 'Fyra saker ska stämma i varje samtal, för deras skull som ringer. De säger inget om din samtalsteknik. Bara du och din coach ser listan i Stämgaffeln.',
  en: "Four things must be right in every call, for the callers' sake. They say nothing about your conversation technique. Only you and your coach see this list in Stämgaffeln."
};
/** Opened by the answer `in-private`: one line of text. */
export const MUST_BE_RIGHT_PRIVATE: Worded = {
  sv: 'Vad behöver tas om hand, och för vem?',
  en: 'What needs looking after, and for whom?'
};
/** For the coach, who calls the same day, so that it is settled and gone before the talk. */
export const MUST_BE_RIGHT_USE: Worded = {
  sv: 'Först: behöver den som ringde höra av oss igen? Sedan: hur gör vi det lätt att göra rätt nästa gång?',
  en: 'First: does the caller need to hear from us again? Then: how do we make it easy to do right next time?'
};
export const MUST_BE_RIGHT_INCIDENT: Worded = {
  sv: 'Om något skyddat kan ha nått någon utanför: följ stadens rutin för personuppgiftsincidenter i dag. Den finns utanför Stämgaffeln.',
  en: "If something protected may have reached someone outside: follow the city's routine for personal data incidents today. It is outside Stämgaffeln."
};
