import { describe, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import AgentStates from '../../src/lib/components/AgentStates.svelte';
import AnswerTimeHistogram from '../../src/lib/components/AnswerTimeHistogram.svelte';
import ArrivalsChart from '../../src/lib/components/ArrivalsChart.svelte';
import Figure from '../../src/lib/components/Figure.svelte';
import Freshness from '../../src/lib/components/Freshness.svelte';
import NetworkLost from '../../src/lib/components/NetworkLost.svelte';
import WaitTicks from '../../src/lib/components/WaitTicks.svelte';
import { formats } from '../../src/lib/i18n/format.ts';
import Board from '../../src/routes/board/[board]/Board.svelte';
import * as frames from '../support/frames.ts';

const format = formats('sv', 'Europe/Stockholm');
const { NOW } = frames;
const MINUTE = 60_000;

async function board(
  frame: ReturnType<typeof frames.busy>,
  over: { now?: number; lineLostSince?: number | null } = {}
) {
  const { container } = await render(Board, {
    frame,
    lineLostSince: null,
    now: NOW,
    format,
    view: 'board' as const,
    ...over
  });
  return container;
}
const text = (node: Element | null) => (node?.textContent ?? '').replace(/\s+/g, ' ').trim();
const row = (container: Element, id: string) => container.querySelector(`[data-queue="${id}"]`);
const hero = (container: Element) => container.querySelector('.hero');

describe('the age of a number', () => {
  test('a fresh number says just now, an aged one says how old it is', async () => {
    const { container, rerender } = await render(Freshness, { contact: { kind: 'fresh' }, ringing: true });
    expect(text(container)).toBe('Just nu');
    const silent = container.querySelectorAll('path').length - 1;
    await rerender({ contact: { kind: 'aged', ageMs: 18_900 }, ringing: false });
    expect(text(container)).toBe('18 s sedan');
    expect(container.querySelectorAll('path').length).toBe(silent);
  });

  test('after a minute the digits give way to words, and nothing says nought', async () => {
    const container = await board(frames.aged(61));
    expect(text(hero(container))).toContain('Ingen kontakt med växeln sedan 10:41');
    expect(text(row(container, 'huvudnumret'))).toContain('4 väntade');
    expect(container.querySelector('.value')).toBe(null);
  });

  test('between fifteen seconds and a minute the digits stay, and their age is said', async () => {
    const container = await board(frames.aged(18));
    expect(text(hero(container))).toContain('18 s sedan');
    expect(text(container.querySelector('.value'))).toBe('20');
    expect(container.querySelector('.value')?.classList.contains('aged')).toBe(true);
  });
});

describe('what is not known', () => {
  test('a lost exchange is told at once, with what was last known in the past tense', async () => {
    const container = await board(frames.exchangeLost());
    expect(text(hero(container))).toContain('Ingen kontakt med växeln sedan 10:39');
    expect(text(hero(container))).toContain('Senast 10:39: 20 väntade, längst 6:12.');
    expect(text(row(container, 'forskola'))).toContain('11 väntade, 6:12');
    expect(text(row(container, 'avfall'))).toContain('ingen väntade');
    expect(row(container, 'avfall')?.querySelector('[data-status=unknown]')).not.toBe(null);
  });

  test('contact that is back shows no digits until the exchange has been read', async () => {
    const container = await board(frames.starting());
    expect(text(hero(container))).toContain('Vi läser in läget');
    expect(container.querySelector('.value')).toBe(null);
  });

  test('one lost exchange of two leaves the other’s queues as they are', async () => {
    const container = await board(frames.halfLost());
    expect(row(container, 'huvudnumret')?.querySelector('[data-status=busy]')).not.toBe(null);
    expect(row(container, 'parkering')?.querySelector('[data-status=unknown]')).not.toBe(null);
  });

  test('unknown agents are a word and never a number', async () => {
    const container = await board(frames.unknownAgentStates());
    expect(text(container.querySelectorAll('.figure')[2]!)).toBe('Lediga Okänt');
    const { container: states } = await render(AgentStates, { agents: frames.unknownAgentStates().total.agents });
    expect(text(states)).toBe('Vi vet inte vad de som svarar gör just nu.');
    expect(states.querySelector('.bar')).toBe(null);
  });

  test('without a network the board gives way to what this screen last saw', async () => {
    const { queues } = frames.busy();
    const last = {
      at: NOW - 3 * MINUTE,
      queues: queues.map(({ queue, waiting }) => ({
        id: queue.id,
        name: queue.name,
        waiting,
        longestWaitSince: waiting === 0 ? null : NOW - 4 * MINUTE
      }))
    };
    const { container } = await render(NetworkLost, { since: last.at, last, now: NOW, demo: true, format });
    expect(text(container)).toContain('Den här skärmen har varit utan nät sedan 10:39');
    expect(text(container)).toContain('Förskola 11 väntade, 1:00');
    expect(text(container)).toContain('för 3 minuter sedan');
  });

  test('without a network and without anything kept it says so', async () => {
    const { container } = await render(NetworkLost, { since: NOW, last: null, now: NOW, demo: false, format });
    expect(text(container)).toContain('Det finns inget sparat läge att visa');
    expect(text(container)).not.toMatch(/\d/);
  });
});

describe('what is shown with a mark', () => {
  test('a broken balance is said where the sum stands', async () => {
    expect(text(await board(frames.unbalanced()))).toContain('3 samtal saknas i summan');
    expect(text(await board(frames.busy()))).not.toContain('saknas');
  });

  test('figures over a day with blind minutes are marked', async () => {
    const container = await board(frames.blind());
    expect(text(container.querySelectorAll('.figure')[3]!)).toContain('Utan kontakt 4:00 i dag');
    expect(text(await board(frames.busy()))).not.toContain('Utan kontakt');
  });

  test('a board that is not being saved says so', async () => {
    expect(text(await board(frames.unsaved()))).toContain('Sparas inte just nu');
  });

  test('a demonstration says so', async () => {
    expect(text(await board(frames.busy()))).toContain('demonstration');
  });
});

describe('small and large numbers', () => {
  test('under twenty calls the counts are shown and no per cent', async () => {
    const container = await board(frames.smallNumbers());
    expect(text(container.querySelectorAll('.figure')[3]!)).toBe('Inom 60 s 7 av 9 samtal');
  });

  test('from twenty calls the level has its target and its n beside it', async () => {
    const container = await board(frames.busy());
    expect(text(container.querySelectorAll('.figure')[3]!)).toBe('Servicenivå 79% 60 s, n 917');
  });

  test('before anybody has called there are words, not nought per cent', async () => {
    const container = await board(frames.noCalls());
    expect(text(container.querySelectorAll('.figure')[3]!)).toContain('Inga ännu');
    expect(text(container)).not.toContain('NaN');
  });

  test('one tick is one waiting person, and more than sixteen pack tighter in the same room', async () => {
    const { container, rerender } = await render(WaitTicks, { count: 4 });
    const ticks = () => container.querySelectorAll('i');
    expect(ticks().length).toBe(4);
    const room = () =>
      ticks().length * Number((container.firstElementChild as HTMLElement).style.getPropertyValue('--share'));
    await rerender({ count: 16 });
    expect(room()).toBe(16);
    await rerender({ count: 23 });
    expect(ticks().length).toBe(23);
    expect(room()).toBeCloseTo(16);
    await rerender({ count: 0 });
    expect(ticks().length).toBe(0);
  });

  test('from ten minutes the longest wait is told in minutes', async () => {
    const container = await board(frames.crowded());
    expect(text(container.querySelectorAll('.figure')[1]!)).toBe('Längst 12min Förskola');
  });

  test('a true zero is a digit, and thin', async () => {
    const { container } = await render(Figure, { label: 'Väntar', value: '0', zero: true });
    expect(text(container.querySelector('.value'))).toBe('0');
    expect(container.querySelector('.value')?.classList.contains('zero')).toBe(true);
  });
});

describe('the state of a queue', () => {
  test('has a shape and a word, and calm needs no word', async () => {
    const container = await board(frames.busy());
    expect(text(row(container, 'huvudnumret'))).toContain('Tätt');
    expect(row(container, 'forskola')?.querySelector('[data-status=strained]')).not.toBe(null);
    expect(text(row(container, 'forskola'))).toContain('Trångt');
    expect(text(row(container, 'grundskola'))).not.toContain('Lugnt');
  });

  test('a wait is counted on the screen from its instant', async () => {
    const container = await board(frames.busy(), { now: NOW + 2000 });
    expect(text(row(container, 'grundskola'))).toContain('0:24');
  });

  test('more queues than a wall holds are joined by unit, and the list still has them all', async () => {
    const container = await board(frames.fifteenQueues());
    expect(container.querySelectorAll('ul.only-list > li').length).toBe(15);
    expect(container.querySelectorAll('ul.only-wall > li').length).toBe(4);
  });
});

describe('charts', () => {
  test('say what they show in a sentence, and again as a table', async () => {
    const { total, dayStartsAt } = frames.busy();
    const { container } = await render(ArrivalsChart, { arrivals: total.arrivals, dayStartsAt, format });
    const finding = container.querySelector('[role=img]')?.getAttribute('aria-label');
    expect(finding).toBe('975 inkomna i dag, flest från 10:15 till 10:30: 111.');
    const details = container.querySelector('details')!;
    details.open = true;
    await expect.poll(() => container.querySelectorAll('tbody tr').length).toBe(total.arrivals.length - 28);
  });

  test('a day without calls has a sentence too', async () => {
    const { container } = await render(ArrivalsChart, {
      arrivals: [0],
      dayStartsAt: frames.noCalls().dayStartsAt,
      format
    });
    expect(container.querySelector('[role=img]')?.getAttribute('aria-label')).toBe('Ingen har ringt ännu i dag.');
  });

  test('the histogram counts within the target that all share, and names none when they differ', async () => {
    const { total } = frames.busy();
    const props = {
      answerTimes: total.answerTimes,
      answeredInTime: 726,
      serviceLevelBy: total.today.serviceLevelBy,
      format
    };
    const { container, rerender } = await render(AnswerTimeHistogram, props);
    const label = () => container.querySelector('[role=img]')?.getAttribute('aria-label');
    expect(label()).toBe('726 av 880 fick svar inom 60 sekunder i dag.');
    expect(container.querySelector('.target')).not.toBe(null);
    const [one] = total.today.serviceLevelBy;
    await rerender({ ...props, serviceLevelBy: [one!, { ...one!, targetMs: 30_000 }] });
    expect(label()).toBe('726 av 880 fick svar inom sitt mål i dag.');
    expect(container.querySelector('.target')).toBe(null);
  });

  test('one chart lives as long as its component and is then gone', async () => {
    const { Chart } = await import('chart.js');
    const before = Object.keys(Chart.instances).length;
    const { total, dayStartsAt } = frames.busy();
    const { rerender, unmount } = await render(ArrivalsChart, { arrivals: total.arrivals, dayStartsAt, format });
    const ids = () => Object.keys(Chart.instances);
    expect(ids().length).toBe(before + 1);
    const mine = ids();
    await rerender({ arrivals: [...total.arrivals, 5] });
    expect(ids()).toEqual(mine);
    await unmount();
    expect(ids().length).toBe(before);
  });
});
