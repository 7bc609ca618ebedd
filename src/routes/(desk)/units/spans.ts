import type { Span } from '$lib/domain/opening-hours';

/** `07:00–16:30, 18:00–20:00`; nothing for a day that is closed. */
export function spansText(spans: readonly Span[]): string {
  const clock = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return spans.map(({ from, to }) => `${clock(from)}–${clock(to)}`).join(', ');
}

/** What somebody wrote, also as `7-16.30`; null when it is no time of the day. */
export function spansFrom(text: string): Span[] | null {
  const parts = text.split(',').filter((part) => part.trim() !== '');
  const spans = parts.map((part) => {
    const found = /^\s*(\d{1,2})(?:[:.](\d\d))?\s*[-–]\s*(\d{1,2})(?:[:.](\d\d))?\s*$/.exec(part);
    if (!found) return null;
    const [from, to] = [minutes(found[1], found[2]), minutes(found[3], found[4])];
    return from === null || to === null ? null : { from, to };
  });
  return spans.every((span) => span !== null) ? spans : null;
}

function minutes(hours: string | undefined, rest: string | undefined): number | null {
  const [hour, minute] = [Number(hours), Number(rest ?? 0)];
  const sum = hour * 60 + minute;
  return minute < 60 && sum <= 1440 ? sum : null;
}
