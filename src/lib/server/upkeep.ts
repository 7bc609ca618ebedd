import type { Logger } from './logger.ts';

/**
 * Does some work again and again, until the function that comes back is called. What fails is noted and tried again the
 * next time; it keeps no process alive that is about to end.
 */
export function upkeep(logger: Logger): (ms: number, work: () => Promise<void>) => () => void {
  return (ms, work) => {
    const timer = setInterval(() => {
      work().catch((error: unknown) => logger.warn({ err: error }, 'Upkeep failed and will be tried again'));
    }, ms);
    timer.unref();
    return () => clearInterval(timer);
  };
}
