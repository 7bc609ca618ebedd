import { expect, type Page } from '@playwright/test';
import type { Screen } from '../../src/lib/domain/board.ts';
import {
  type Answer,
  boardDefinitionsQuery,
  postAnnouncementMutation,
  queueSettingsQuery,
  removeBoardMutation,
  saveBoardMutation,
  saveUnitMutation,
  setQueueMutation,
  takeDownAnnouncementMutation
} from '../../src/lib/operations/persisted.ts';
import { type Ask, type City, test } from './city.ts';
import { overflow, tooSmall } from './wall.ts';

const walls = [
  { width: 1280, height: 720 },
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 }
];
/** The screen that a board is drawn for until somebody says another. */
const ordinary: Screen = { inches: 55, metres: 5 };
/** As long as a name may be, in words that the language has. */
const LONGEST = 'Överförmyndarverksamheten, god man och serveringstillstånden';

/** On each wall and in both languages: nothing cut, nothing outside, nothing smaller than the eye needs. */
async function readable(
  page: Page,
  city: City,
  board: string,
  screen: Screen,
  ready = () => Promise.resolve()
): Promise<void> {
  for (const prefix of ['', '/en']) {
    await page.setViewportSize(walls[0]!);
    await page.goto(`${city.url}${prefix}/board/${board}`);
    await page.evaluate(() => document.fonts.ready);
    await ready();
    for (const size of walls) {
      await page.setViewportSize(size);
      const where = `${prefix}/board/${board} at ${size.width}×${size.height}`;
      expect([where, ...(await overflow(page))]).toEqual([where]);
      expect([where, ...(await tooSmall(page, screen))]).toEqual([where]);
    }
  }
}

test('the wall fits every screen in both languages, and every text is high enough from five metres', async ({
  page,
  city
}) => {
  await readable(page, city, 'all', ordinary);
});

test('the wall has room for a busy day: pauses of two digits, an n of four, and a mark of blindness', async ({
  page,
  city
}) => {
  await page.routeWebSocket(/\/graphql/, (route) => {
    const server = route.connectToServer();
    server.onMessage((message) => {
      const told = JSON.parse(message.toString()) as { payload?: { data?: { wallboard?: Busy } } };
      const board = told.payload?.data?.wallboard;
      if (board) {
        Object.assign(board.total.agents, { available: 10, talking: 34, paused: 12 });
        const level = { serviceLevel: 0.79, serviceLevelN: 4919, abandoned: 444, blindMs: 60_000 };
        Object.assign(board.total.today, level);
      }
      route.send(JSON.stringify(told));
    });
  });
  const shown = page.locator('.hero');
  await readable(page, city, 'all', ordinary, async () => {
    await expect(shown).toContainText(/34 tal\w+, 12 /);
    await expect(shown).toContainText(/n 4.919/);
  });
});
interface Busy {
  total: { agents: object; today: object };
}

for (const width of [390, 320]) {
  test(`a phone ${width} px wide scrolls down and never sideways`, async ({ page, city }) => {
    await page.setViewportSize({ width, height: 844 });
    for (const path of ['/board/all', '/en/board/all', '/board/all?view=table']) {
      await page.goto(city.url + path);
      await page.evaluate(() => document.fonts.ready);
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(sideways, path).toBeLessThanOrEqual(0);
    }
  });
}

test.describe('with the longest names that may be given', () => {
  let units: { id: string; name: string }[];
  let said: string;
  let queues: Answer<typeof queueSettingsQuery>['queueSettings'];
  const named = async (ask: Ask, isLongest: boolean) => {
    for (const { id, name } of units) {
      const long = `${name.slice(0, 1)} ${LONGEST}`.slice(0, 60);
      await ask('administrator', saveUnitMutation, { id, name: isLongest ? long : name });
    }
    for (const [index, { id, unit, wrapUpMs, sensitivity, ...now }] of queues.entries()) {
      const long = { name: index % 2 ? 'Färdtjänstbokning' : LONGEST, shortName: 'Överförmynd' };
      const { name, shortName } = isLongest ? long : now;
      const queue = { id, name, shortName, unit, wrapUpMs, sensitivity, serviceLevel: null };
      expect((await ask('administrator', setQueueMutation, { queue })).setQueue).toBe(null);
    }
  };
  test.beforeAll(async ({ ask }) => {
    ({ queueSettings: queues, units } = await ask('administrator', queueSettingsQuery, {}));
    await named(ask, true);
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const text = 'Parkeringsreglerna ändras nu.\n'.repeat(4);
    const wish = { text, boards: ['all'], queues: [], from: null, until, replaces: null };
    const { postAnnouncement } = await ask('leader', postAnnouncementMutation, wish);
    said = postAnnouncement.announcement!.id;
  });
  test.afterAll(async ({ ask }) => {
    await ask('leader', takeDownAnnouncementMutation, { id: said });
    await named(ask, false);
  });

  test('the boards that make themselves have room for them', async ({ page, city }) => {
    await readable(page, city, 'all', ordinary);
    await readable(page, city, units[0]!.id, ordinary);
  });

  interface Wanted {
    name: string;
    /** Key figures to take away from the ordinary six, and to add. */
    without?: string[];
    and?: string[];
    rows?: string;
    side: boolean;
    calm?: boolean;
    inches: number;
    /** Too far: the editor must say from where it could be read. */
    metres: number;
  }
  const wanted: Wanted[] = [
    { name: 'Receptionens tavla', side: true, inches: 43, metres: 9 },
    {
      name: `${LONGEST}`,
      without: ['Lediga', 'Servicenivå', 'Svarstid P50'],
      rows: 'En rad per enhet',
      side: false,
      inches: 55,
      metres: 20
    },
    { name: 'Allt på en', and: ['Talar', 'Inkomna', 'Fick svar', 'Lade på'], side: true, inches: 65, metres: 12 },
    { name: 'Lugna rummet', rows: 'En rad per enhet', side: false, calm: true, inches: 32, metres: 15 }
  ];
  for (const { name, without = [], and = [], rows, side, calm = false, inches, metres } of wanted) {
    test(`the editor refuses “${name}” in metres, and what it lets pass at ${inches}″ can be read from there`, async ({
      signedIn,
      page,
      city,
      ask
    }) => {
      const editor = await signedIn('administrator');
      await editor.goto(`${city.url}/boards/new`);
      await editor.waitForLoadState('networkidle');
      await editor.getByLabel('Namn').fill(name);
      for (const figure of without)
        await editor.getByRole('button', { name: `Ta bort ${figure}`, exact: true }).click();
      for (const figure of and)
        await editor.getByLabel('Lägg till i Nyckeltal, från vänster').selectOption({ label: figure });
      if (rows) await editor.getByLabel('Rader').selectOption({ label: rows });
      await editor.getByLabel('Svarstider och inkomna bredvid listan').setChecked(side);
      await editor.getByLabel('Lugn tavla').setChecked(calm);
      await editor.getByLabel('Skärmens tum').fill(String(inches));
      const far = editor.getByLabel('Meter till den bortersta platsen');
      await far.fill(String(metres));
      const refused = editor.locator('.seen > [role=status]');
      const save = editor.getByRole('button', { name: 'Spara tavlan' });

      // It moves to where the refusal says, until there is none: two things can be too much, one after the other.
      let from = metres;
      await expect(refused).toContainText(`På ${metres} meter`);
      await expect(save).toBeDisabled();
      while ((await refused.innerText()) !== '') {
        const nearer = /Flytta skärmen till ([\d,]+) meter/.exec(await refused.innerText())?.[1];
        from = Number(nearer?.replace(',', '.'));
        expect(from).toBeLessThan(Number(await far.inputValue()));
        await far.fill(String(from));
      }
      await save.click();
      await editor.waitForURL((url) => !url.pathname.endsWith('/new'));
      const id = new URL(editor.url()).pathname.split('/').at(-1)!;
      try {
        await readable(page, city, id, { inches, metres: from });
        // What the editor says is what the server holds to: half a metre farther, it is refused.
        const { boardDefinitions } = await ask('administrator', boardDefinitionsQuery, {});
        const { layout, mayEdit: _, queues: __, ...kept } = boardDefinitions.find((each) => each.id === id)!;
        expect(layout.screen).toEqual({ inches, metres: from });
        const farther = { ...kept, layout: { ...layout, screen: { inches, metres: from + 0.5 } } };
        const { saveBoard } = await ask('administrator', saveBoardMutation, { board: farther });
        expect(saveBoard.refusal?.metres).toBe(from);
      } finally {
        await ask('administrator', removeBoardMutation, { board: id });
      }
    });
  }
});
