import { afterEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { listenForKeys, playerAct, wantKeys, type PlayerAct } from '../../src/lib/client/player-keys.ts';
import { Player } from '../../src/lib/client/player.svelte.ts';
import Moments from '../../src/lib/components/player/Moments.svelte';
import View from '../../src/lib/components/player/Player.svelte';
import { momentText } from '../../src/lib/components/player/playing.ts';

const RATE = 8_000;
/** The caller speaks, everybody is silent, the agent speaks: ten seconds of each. */
const voices = (second: number) => [second < 10 ? 1 : 0, second >= 20 ? 1 : 0];
const SECONDS = 30;

function soundOf(): string {
  const bytes = new DataView(new ArrayBuffer(44 + SECONDS * RATE * 4));
  const text = (at: number, word: string) =>
    [...word].forEach((letter, n) => bytes.setUint8(at + n, letter.charCodeAt(0)));
  text(0, 'RIFF');
  bytes.setUint32(4, bytes.byteLength - 8, true);
  text(8, 'WAVEfmt ');
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true);
  bytes.setUint16(22, 2, true);
  bytes.setUint32(24, RATE, true);
  bytes.setUint32(28, RATE * 4, true);
  bytes.setUint16(32, 4, true);
  bytes.setUint16(34, 16, true);
  text(36, 'data');
  bytes.setUint32(40, bytes.byteLength - 44, true);
  for (let frame = 0; frame < SECONDS * RATE; frame++)
    voices(frame / RATE).forEach((loud, channel) =>
      bytes.setInt16(44 + frame * 4 + channel * 2, loud * 8_000 * Math.sin(frame / 3), true)
    );
  return URL.createObjectURL(new Blob([bytes.buffer], { type: 'audio/wav' }));
}
function peaksOf(lateMs = 0): string {
  const windows = SECONDS * 20;
  const bytes = new DataView(new ArrayBuffer(16 + windows * 2));
  bytes.setUint32(0, 0x53475031);
  bytes.setUint16(4, 2);
  bytes.setUint16(6, 20);
  bytes.setUint32(8, lateMs);
  bytes.setUint32(12, windows);
  for (let window = 0; window < windows; window++)
    voices(window / 20).forEach((loud, channel) =>
      bytes.setUint8(16 + window * 2 + channel, loud * (120 + ((window * 37) % 80)))
    );
  return URL.createObjectURL(new Blob([bytes.buffer]));
}
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  wantKeys(true);
});
async function player({ lateMs = 0 } = {}): Promise<Player> {
  const made = new Player({ sound: soundOf(), peaks: peaksOf(lateMs) });
  stops.push(made.start());
  await vi.waitFor(() => expect(made.peaks).not.toBeNull());
  return made;
}
const marks = [
  { id: 'b', momentMs: 25_000, kind: 'note' as const, text: 'Sammanfattar' },
  { id: 'a', momentMs: 12_000, kind: 'strength' as const, text: 'Väntar in svaret' }
];

describe('the player', () => {
  test('knows how long the call is before a byte of the sound is fetched', async () => {
    const made = await player();
    const { container } = await render(View, { player: made, title: 'Förskola', agent: 'Amina', marks });
    expect(container.querySelector('.time')?.textContent.replace(/\s+/g, ' ').trim()).toBe('0:00 / 0:30');
    expect(container.querySelector('.picture')?.getAttribute('aria-hidden')).toBe('true');
  });

  test('plays when it is told to, and after a pause goes on two seconds before where it stopped', async () => {
    const made = await player();
    const { getByRole } = await render(View, { player: made, title: 'Förskola', agent: 'Amina' });
    made.seek(8_000);
    await getByRole('button', { name: 'Lyssna' }).click();
    await vi.waitFor(() => expect(made.momentMs).toBeGreaterThan(8_500), { timeout: 5_000 });
    await getByRole('button', { name: 'Pausa' }).click();
    await vi.waitFor(() => expect(made.playing).toBe(false));
    const stoppedAt = made.momentMs;
    made.play();
    await vi.waitFor(() => expect(made.playing).toBe(true));
    expect(made.momentMs).toBeLessThan(stoppedAt - 1_500);
  });

  test('begins where one has gone while it stood still, and not before it', async () => {
    const made = await player();
    const { getByRole } = await render(View, { player: made, title: 'Förskola', agent: 'Amina' });
    made.step(30_000);
    made.step(-5_000);
    expect(made.momentMs).toBe(25_000);
    await getByRole('button', { name: 'Lyssna' }).click();
    await vi.waitFor(() => expect(made.playing).toBe(true));
    await vi.waitFor(() => expect(made.momentMs).toBeGreaterThan(25_000));
    expect(made.momentMs).toBeLessThan(28_000);
  });

  test('carries the listener over a silence, and over nothing that anybody says', async () => {
    const made = await player();
    const { getByRole } = await render(View, { player: made, title: 'Förskola', agent: 'Amina' });
    await getByRole('button', { name: 'Utan tystnad' }).click();
    made.seek(9_700);
    await getByRole('button', { name: 'Lyssna' }).click();
    await vi.waitFor(() => expect(made.momentMs).toBeGreaterThan(19_500), { timeout: 4_000 });
    expect(made.momentMs).toBeLessThan(22_000);
  });

  test('goes no slower and no faster than one can follow', async () => {
    const made = await player();
    for (let n = 0; n < 9; n++) made.faster(1);
    expect(made.speed).toBe(2);
    for (let n = 0; n < 9; n++) made.faster(-1);
    expect(made.speed).toBe(0.75);
    made.setSpeed(7);
    expect(made.speed).toBe(1);
  });

  test('says how late the recording begins, so that a clipped greeting is the telephone’s', async () => {
    const made = await player({ lateMs: 1_240 });
    const { container } = await render(View, { player: made, title: 'Förskola', agent: 'Amina' });
    expect(container.querySelector('.late')?.textContent).toBe('Inspelningen börjar 1,2 s efter svar.');
  });

  test('says that a recording is gone, and plays nothing', async () => {
    const made = new Player({ sound: '/slots/none/sound', peaks: '/slots/none/peaks' });
    stops.push(made.start(() => Promise.resolve(new Response(null, { status: 404 }))));
    const { container, getByRole } = await render(View, { player: made, title: 'Förskola', agent: 'Amina' });
    await vi.waitFor(() =>
      expect(container.querySelector('.trouble')?.textContent).toMatch(/Inspelningen finns inte kvar/)
    );
    expect(getByRole('button', { name: 'Lyssna' }).element()).toHaveProperty('disabled', true);
  });

  test('is reached by keyboard: the place in the call is a slider that says where it is', async () => {
    const made = await player();
    const { getByRole } = await render(View, { player: made, title: 'Förskola', agent: 'Amina' });
    const slider = getByRole('slider', { name: 'Plats i samtalet' });
    (slider.element() as HTMLInputElement).focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
    expect(made.momentMs).toBe(3_000);
    expect(slider.element().getAttribute('aria-valuetext')).toBe('0:03 av 0:30');
  });
});

describe('the moments', () => {
  test('stand in the order of the call, each a button with its time, and the latest that has gone by is the present', async () => {
    const gone: string[] = [];
    const { container } = await render(Moments, {
      marks,
      momentMs: 13_000,
      go: ({ id }: { id: string }) => void gone.push(id)
    });
    const buttons = [...container.querySelectorAll('button')];
    expect(buttons.map((button) => button.textContent.replace(/\s+/g, ' ').trim())).toEqual([
      'Styrka 0:12 Väntar in svaret',
      '0:25 Sammanfattar'
    ]);
    expect(buttons.map((button) => button.getAttribute('aria-current'))).toEqual(['true', null]);
    buttons[1]!.click();
    expect(gone).toEqual(['b']);
  });
  test.each([
    [0, '0:00'],
    [186_400, '3:06'],
    [3_723_000, '1:02:03']
  ])('%i ms is said as %s', (ms, text) => expect(momentText(ms)).toBe(text));
});

describe('the keys', () => {
  const press = (key: string, over: Partial<KeyboardEventInit> & { target?: EventTarget } = {}) =>
    playerAct({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, target: null, ...over });

  test.each<[string, PlayerAct]>([
    [' ', { kind: 'toggle' }],
    ['k', { kind: 'toggle' }],
    ['j', { kind: 'step', byMs: -5_000 }],
    ['l', { kind: 'step', byMs: 5_000 }],
    [',', { kind: 'speed', by: -1 }],
    ['.', { kind: 'speed', by: 1 }],
    ['m', { kind: 'mark' }],
    ['3', { kind: 'digit', digit: 3 }],
    ['0', { kind: 'not-applicable' }],
    ['?', { kind: 'help' }]
  ])('%s', (key, act) => expect(press(key)).toEqual(act));
  test('with shift the steps are longer, also where a capital comes of it', () => {
    expect(press('J', { shiftKey: true })).toEqual({ kind: 'step', byMs: -30_000 });
    expect(press('L', { shiftKey: true })).toEqual({ kind: 'step', byMs: 30_000 });
    expect(press('L')).toEqual({ kind: 'step', byMs: 5_000 });
  });
  test('with another key held down a letter is the browser’s', () => {
    expect(press('l', { ctrlKey: true })).toBeNull();
    expect(press('k', { metaKey: true })).toBeNull();
    expect(press('Enter', { ctrlKey: true })).toEqual({ kind: 'hand-in' });
    expect(press('Enter')).toBeNull();
  });
  test('mean nothing while somebody writes, and the space bar presses the button that has the focus', () => {
    const [text, area, button, radio] = [
      document.createElement('input'),
      document.createElement('textarea'),
      document.createElement('button'),
      Object.assign(document.createElement('input'), { type: 'radio' })
    ];
    for (const target of [text, area])
      for (const key of ['k', ' ', '3', '?', 'm']) expect(press(key, { target })).toBeNull();
    expect(press(' ', { target: button })).toBeNull();
    expect(press('k', { target: button })).toEqual({ kind: 'toggle' });
    expect(press('3', { target: radio })).toEqual({ kind: 'digit', digit: 3 });
    expect(press('Enter', { target: area, ctrlKey: true })).toEqual({ kind: 'hand-in' });
  });
  test('can be switched off; handing in and the help are not single letters that slip in', async () => {
    const acts: string[] = [];
    stops.push(listenForKeys(({ kind }) => acts.push(kind) > 0));
    await userEvent.keyboard('k');
    wantKeys(false);
    await userEvent.keyboard('kjl3');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(acts).toEqual(['toggle', 'hand-in']);
    wantKeys(true);
    await userEvent.keyboard('l');
    expect(acts).toEqual(['toggle', 'hand-in', 'step']);
  });
});
