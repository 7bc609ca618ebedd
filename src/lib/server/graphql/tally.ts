import type { Figures } from '../../domain/wallboard.ts';
import { builder } from './builder.ts';
import { serviceLevelType } from './queue.ts';

const few = 'Null when `few`.';

/** `Tally` in the contract, `Figures` in the house, where a tally is the raw counts that figures are derived from. */
export const tally = builder.objectRef<Figures>('Tally').implement({
  description:
    'Figures over a period. The unit of counting is one stay of a call in one queue. At every instant carriedIn + offered = answered + abandoned + overflowed + lost + waiting; over a closed period with carriedOut instead of waiting.',
  authScopes: { insider: true },
  fields: (t) => ({
    carriedIn: t.exposeInt('carriedIn', { description: 'Waiting when the period began.' }),
    carriedOut: t.exposeInt('carriedOut', {
      nullable: true,
      description: 'Waiting when the period ended; null while it runs (see `waiting`).'
    }),
    offered: t.exposeInt('offered', { description: 'Entered the queue.' }),
    answered: t.exposeInt('answered', { description: 'Were connected to an agent.' }),
    answeredInTime: t.exposeInt('answeredInTime', {
      description: 'Were answered within the target that held that day.'
    }),
    abandoned: t.exposeInt('abandoned', { description: 'Hung up while waiting.' }),
    abandonedShort: t.exposeInt('abandonedShort', { description: 'Part of abandoned: within the short limit.' }),
    overflowed: t.exposeInt('overflowed', {
      description: 'Left unanswered for somewhere else: time-out, empty queue, key press, withdrawn or moved.'
    }),
    lost: t.exposeInt('lost', {
      description: 'Ended by neither the caller nor the queue: the PBX ended it, or it vanished while we were blind.'
    }),
    refused: t.exposeInt('refused', {
      nullable: true,
      description: 'Never got in; null when the PBX never shows such calls.'
    }),
    refusedVisible: t.exposeBoolean('refusedVisible', {
      description: 'Whether refused calls were visible all the time, in every queue concerned.'
    }),
    passedOn: t.exposeInt('passedOn', {
      nullable: true,
      description: `Answered, and passed on to somebody else. ${few}`
    }),
    solvedDirectly: t.exposeInt('solvedDirectly', {
      nullable: true,
      description: `Answered, and not passed on. ${few}`
    }),
    serviceLevel: t.exposeFloat('serviceLevel', {
      nullable: true,
      description:
        'The share served as promised, 0 to 1; null when nobody counted. Under twenty, show the counts instead.'
    }),
    serviceLevelN: t.exposeInt('serviceLevelN', { description: 'How many counted in the service level.' }),
    serviceLevelBy: t.expose('serviceLevelBy', {
      type: [serviceLevelType],
      description: 'The definitions that held, oldest first: one, unless queues or days differ.'
    }),
    answerTimeMsMean: t.exposeInt('answerTimeMsMean', {
      nullable: true,
      description: 'From entering the queue until answered, mean in ms; null when nobody was answered.'
    }),
    answerTimeMsP50: t.exposeInt('answerTimeMsP50', {
      nullable: true,
      description:
        'Half were answered within this, ms. Interpolated inside a histogram step of one second up to five minutes.'
    }),
    answerTimeMsP80: t.exposeInt('answerTimeMsP80', {
      nullable: true,
      description: 'Eight of ten were answered within this, ms.'
    }),
    answerTimeMsP90: t.exposeInt('answerTimeMsP90', {
      nullable: true,
      description: 'Nine of ten were answered within this, ms.'
    }),
    talkTimeMsMean: t.exposeInt('talkTimeMsMean', {
      nullable: true,
      description: `Talk without hold, mean in ms of the calls whose talk ended here; null when there were none. ${few}`
    }),
    few: t.exposeBoolean('few', {
      description: 'Fewer than five people answered in this queue and period: what describes them is withheld.'
    }),
    blindMs: t.exposeFloat('blindMs', {
      description:
        'Whole ms of the period without a proven source. Every figure over a period with more than 0 is marked.'
    })
  })
});
