/** Asks the browser's leave to say something by itself. Only after somebody pressed for it. */
export async function askToAlert(): Promise<boolean> {
  if (!('Notification' in globalThis)) return false;
  return (await Notification.requestPermission()) === 'granted';
}

/** Says one sentence, in the system's own quiet way, and with a soft tone if wanted. Never twice at a time. */
export function gentleAlert(title: string, body: string, { sound }: { sound: boolean }): void {
  if ('Notification' in globalThis && Notification.permission === 'granted') {
    try {
      new Notification(title, { body, tag: 'stamgaffel-strip', silent: true });
    } catch {
      // Telephones let only a service worker speak; the strip itself shows the same.
    }
  }
  if (sound) softTone();
}

/** A tuning fork, struck softly: 440 Hz for a second, rising and dying without a click. */
function softTone(): void {
  const audio = new AudioContext();
  const [fork, loudness] = [audio.createOscillator(), audio.createGain()];
  const { currentTime } = audio;
  fork.frequency.value = 440;
  loudness.gain.setValueAtTime(0.0001, currentTime);
  loudness.gain.exponentialRampToValueAtTime(0.06, currentTime + 0.04);
  loudness.gain.exponentialRampToValueAtTime(0.0001, currentTime + 1);
  fork.connect(loudness).connect(audio.destination);
  fork.onended = () => void audio.close();
  fork.start();
  fork.stop(currentTime + 1.05);
}
