import type { Page } from '@playwright/test';

/** What somebody who tabs stands on. */
interface Stop {
  /** The same for the same element. */
  key: number;
  html: string;
  name: string;
  faults: string[];
}
declare global {
  interface Window {
    stops: Map<Element, number>;
  }
}

/** Enough for the longest page; whoever is not through by then is caught. */
const STOPS_MOST = 400;
const PARTS_MOST = 8;

/**
 * Goes through a page with Tab as somebody without a mouse does, from its top until it is left, and tells what is wrong:
 * a place that is not seen, has no name or does not show that one stands there; a trap; and what is never reached.
 */
export async function tabbedThrough(page: Page): Promise<string[]> {
  const faults: string[] = [];
  await page.evaluate(() => {
    window.stops = new Map();
    (document.activeElement as HTMLElement | null)?.blur();
    getSelection()?.removeAllRanges();
    scrollTo(0, 0);
  });
  const reached = new Set<number>();
  let [last, inside] = [-1, 0];
  for (let presses = 0; ; presses += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(standing);
    if (stop === null) break;
    // A date has a stop for each of its parts.
    inside = stop.key === last ? inside + 1 : 0;
    last = stop.key;
    if (inside > PARTS_MOST) return [...faults, `no way out of ${stop.html}`];
    if (inside > 0) continue;
    if (reached.has(stop.key)) break;
    reached.add(stop.key);
    for (const fault of stop.faults) faults.push(`${fault}: ${stop.html}`);
    if (presses > STOPS_MOST) return [...faults, `no way out after ${STOPS_MOST} steps`];
  }
  const missed = await page.evaluate(unreached, [...reached]);
  return [...faults, ...missed.map((html) => `never reached: ${html}`)];
}

/** Runs in the page. Null where nothing is focused: the page was left. */
function standing(): Stop | null {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return null;
  const key = window.stops.get(element) ?? window.stops.size;
  window.stops.set(element, key);
  const labels = 'labels' in element ? [...((element.labels as NodeListOf<HTMLElement> | null) ?? [])] : [];
  const labelledBy = (element.getAttribute('aria-labelledby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id));
  const name = [
    element.getAttribute('aria-label'),
    ...[...labelledBy, ...labels, element].map((each) => each?.textContent)
  ]
    .join(' ')
    .trim();
  const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  // A box that is drawn anew is a native one laid over its own picture, which carries the ring.
  const shown = [element, element.parentElement!, element.nextElementSibling].some((each) => {
    if (!each) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
  });
  const faults: string[] = [];
  if (!name) faults.push('no name');
  if (width < 1 || height < 1 || style.visibility === 'hidden' || Number(style.opacity) === 0) faults.push('not seen');
  if (bottom <= 0 || right <= 0 || top >= innerHeight || left >= innerWidth) faults.push('outside the window');
  if (!shown) faults.push('does not show that it has the focus');
  return { key, html: element.outerHTML.slice(0, 160), name, faults };
}

/** Runs in the page: what can be used and was not come to. Of radio buttons that go together, one is the stop for all. */
function unreached(reached: number[]): string[] {
  const usable = document.querySelectorAll<HTMLElement>(
    'a[href], button:enabled, input:enabled:not([type=hidden]), select:enabled, textarea:enabled, summary'
  );
  const stood = (element: Element) => reached.includes(window.stops.get(element) ?? -1);
  const group = (element: HTMLElement) =>
    element instanceof HTMLInputElement && element.type === 'radio'
      ? [...document.getElementsByName(element.name)]
      : [element];
  return [...usable]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.tabIndex >= 0)
    .filter((element) => element.closest('[inert]') === null)
    .filter((element) => !group(element).some(stood))
    .map((element) => element.outerHTML.slice(0, 160));
}
