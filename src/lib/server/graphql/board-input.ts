import { boardRows, keyFigure } from './board-layout.ts';
import { builder } from './builder.ts';

const part = builder.inputType('BoardPartInput', {
  description: 'A queue, or a unit with all its queues.',
  fields: (t) => ({
    queue: t.id({ required: false, description: 'A queue.' }),
    unit: t.id({ required: false, description: 'A unit.' })
  })
});
const screen = builder.inputType('ScreenSizeInput', {
  description: 'A 16:9 screen and the farthest seat.',
  fields: (t) => ({
    inches: t.float({ required: true, description: 'Its diagonal.' }),
    metres: t.float({ required: true, description: 'How far away the farthest seat is.' })
  })
});
const layout = builder.inputType('BoardLayoutInput', {
  description: 'As BoardLayout.',
  fields: (t) => ({
    figures: t.field({ type: [keyFigure], required: true, description: 'Key figures, from the left.' }),
    rows: t.field({ type: boardRows, required: true, description: 'What a row is.' }),
    side: t.boolean({ required: true, description: 'Answer times and arrivals beside the list.' }),
    announcements: t.boolean({ required: true, description: 'A place for announcements.' }),
    rotateEveryMs: t.int({ required: false, description: 'How long each thing stands, ms; null: nothing rotates.' }),
    calm: t.boolean({ required: true, description: 'Calm mode.' }),
    screen: t.field({ type: screen, required: true, description: 'Where it hangs.' })
  })
});
const thresholds = builder.inputType('ThresholdsInput', {
  description: 'As Thresholds.',
  fields: (t) => ({
    ordinaryWaiting: t.int({ required: true, description: 'So many who wait are nothing out of the ordinary.' }),
    farTooLong: t.float({ required: true, description: 'So many times the target strains a queue.' }),
    easedByCallers: t.int({ required: true, description: 'So many fewer before it counts as less.' }),
    easedByShare: t.float({ required: true, description: 'So much shorter before it counts as less.' }),
    worseAfterMs: t.int({ required: true, description: 'How long before a worse word is shown, ms.' }),
    betterAfterMs: t.int({ required: true, description: 'How long before a better word is shown, ms.' })
  })
});

export const boardInput = builder.inputType('BoardInput', {
  description: 'How a board is to be made.',
  fields: (t) => ({
    id: t.id({ required: false, description: 'Which one; null for a new one, whose id is made from its name.' }),
    name: t.string({ required: false, description: 'What it is called; null only for the board of everything.' }),
    unit: t.id({ required: false, description: 'The unit whose leaders look after it; null: the centre.' }),
    parts: t.field({ type: [part], required: true, description: 'What it shows, in order; nothing means everything.' }),
    layout: t.field({ type: layout, required: true, description: 'How it is drawn.' }),
    thresholds: t.field({ type: thresholds, required: true, description: 'When a queue is busy or strained.' })
  })
});
export type BoardInput = typeof boardInput.$inferInput;
