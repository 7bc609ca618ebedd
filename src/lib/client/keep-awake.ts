/**
 * Keeps the screen lit while a board is looked at. The browser takes the lock back whenever the page is hidden, so it is
 * asked for again each time it shows. Returns how to stop; where there is no such thing, nothing happens.
 */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | undefined;
  let stopped = false;
  const ask = async () => {
    if (stopped || document.visibilityState !== 'visible') return;
    try {
      lock = await navigator.wakeLock?.request('screen');
      if (stopped) void lock?.release();
    } catch {
      // Low battery, or not allowed here: a dark screen is then what its owner wants.
    }
  };
  void ask();
  document.addEventListener('visibilitychange', ask);
  return () => {
    stopped = true;
    document.removeEventListener('visibilitychange', ask);
    void lock?.release();
  };
}
