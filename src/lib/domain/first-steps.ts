/** What a centre needs before its boards are worth looking at, in the order in which one needs the other. */
export const FIRST_STEPS = ['exchange', 'units', 'queues', 'hours', 'people', 'screen'] as const;
export type FirstStep = (typeof FIRST_STEPS)[number];

/** What is there already, counted. */
export interface Begun {
  /** Exchanges that are named, and those that we are in contact with. */
  exchanges: number;
  connected: number;
  units: number;
  /** Queues that the exchanges have now, and those of them that have no unit. */
  queues: number;
  withoutUnit: number;
  /** Whether somebody has said when the whole centre is open. */
  hours: boolean;
  /** Who can have an account here, the first administrator among them. */
  people: number;
  screens: number;
}

/** Each step, and whether nothing is left of it. */
export function firstSteps(begun: Begun): { step: FirstStep; done: boolean }[] {
  const done: Record<FirstStep, boolean> = {
    exchange: begun.exchanges > 0 && begun.connected === begun.exchanges,
    units: begun.units > 0,
    queues: begun.queues > 0 && begun.withoutUnit === 0,
    hours: begun.hours,
    people: begun.people > 1,
    screen: begun.screens > 0
  };
  return FIRST_STEPS.map((step) => ({ step, done: done[step] }));
}
