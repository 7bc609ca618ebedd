import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../../src/lib/domain/access.ts';
import {
  DEFAULT_LAYOUT,
  DEFAULT_THRESHOLDS,
  defaultBoard,
  type BoardDefinition
} from '../../../src/lib/domain/board.ts';
import { hashes } from '../../../src/lib/operations/hashes.ts';
import type { WireBoardInput } from '../../../src/lib/operations/persisted.ts';
import type { Services } from '../../../src/lib/server/graphql/context.ts';
import { FakeFeed } from '../../support/fake-feed.ts';
import { busy } from '../../support/frames.ts';
import { type GraphqlServer, graphqlServer } from '../../support/graphql-server.ts';

const units = [
  { id: 'forskola-och-skola', name: 'Förskola och skola' },
  { id: 'vard-och-omsorg', name: 'Vård och omsorg' },
  { id: 'tom', name: 'Tom' }
];
const [own, theirs] = ['forskola-och-skola', 'vard-och-omsorg'];

let server: GraphqlServer;
let definitions: Map<string, BoardDefinition>;
let kept: { by: Viewer; definition: BoardDefinition; isNew: boolean }[];
let removed: string[];
/** What the store says of a board that somebody else made in the same instant. */
let saves: boolean;
beforeEach(async () => {
  kept = [];
  removed = [];
  saves = true;
  const all = [null, ...units].map((unit) => defaultBoard(unit));
  definitions = new Map(all.map((definition) => [definition.id, definition]));
  const frame = busy();
  const services: Pick<Services, 'boardKeeping'> = {
    boardKeeping: {
      definition: (board) => definitions.get(board) ?? null,
      preview: (definition) => ({ ...frame, layout: definition.layout }),
      units: () => units,
      save: (by, definition, isNew) => {
        if (saves) kept.push({ by, definition, isNew });
        return Promise.resolve(saves);
      },
      remove: (_, board) => {
        removed.push(board);
        return Promise.resolve(true);
      }
    }
  };
  server = await graphqlServer({
    feed: new FakeFeed(...all.map(({ id }) => ({ ...frame, board: { ...frame.board, id } }))),
    services
  });
});
afterEach(() => server.stop());

async function ask(cookie: string, name: keyof typeof hashes, variables: object = {}) {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, 'x-stamgaffel': '1' },
    body: JSON.stringify({ variables, extensions: { persistedQuery: { version: 1, sha256Hash: hashes[name] } } })
  });
  const { data, errors } = (await response.json()) as {
    data: Record<string, unknown> | null;
    errors?: { extensions: { code: string } }[];
  };
  return { data, code: errors?.[0]?.extensions.code };
}
const leader = () => server.identity.person('maria', { roles: ['leader'], ties: { boards: [own], queues: [] } });
const administrator = () => server.identity.person('hanna', { roles: ['administrator'] });

type Layout = WireBoardInput['layout'];
/** A board as the editor sends it, with what this test is about. */
function board(over: Partial<WireBoardInput> = {}, layout: Partial<Layout> = {}): WireBoardInput {
  const { easedBy, ...thresholds } = DEFAULT_THRESHOLDS;
  const { screen, side, announcements, calm, rotateEveryMs } = DEFAULT_LAYOUT;
  return {
    id: null,
    name: 'Reception',
    unit: null,
    parts: [],
    layout: {
      figures: ['WAITING', 'LONGEST', 'CLOCK'],
      rows: 'FITTING',
      ...{ side, announcements, calm, rotateEveryMs, screen: { ...screen } },
      ...layout
    },
    thresholds: { ...thresholds, easedByCallers: easedBy.callers, easedByShare: easedBy.share },
    ...over
  };
}
const refusalOf = async (wish: WireBoardInput, cookie = administrator()) => {
  const { data } = await ask(cookie, 'SaveBoard', { board: wish });
  const { refusal, board } = data?.saveBoard as { refusal: object | null; board: object | null };
  expect(board === null).toBe(refusal !== null);
  return refusal;
};
const because = (code: string) => ({ code, fit: null, over: null, metres: null });

describe('a board that somebody wants', () => {
  test('is kept as it was sent, under an id made from its name', async () => {
    expect(
      await refusalOf(board({ name: ' Förskolans reception ', parts: [{ unit: own }, { queue: 'parkering' }] }))
    ).toBe(null);
    expect(kept).toMatchObject([
      {
        isNew: true,
        by: { personId: 'hanna' },
        definition: {
          id: 'forskolans-reception',
          name: 'Förskolans reception',
          parts: [
            { kind: 'unit', id: own },
            { kind: 'queue', id: 'parkering' }
          ]
        }
      }
    ]);
  });

  const thresholds = board().thresholds;
  const wrong: [code: string, wish: WireBoardInput][] = [
    ['NO_NAME', board({ name: '  ' })],
    ['NO_NAME', board({ name: '…' })],
    ['NO_NAME', board({ name: 'x'.repeat(61) })],
    ['NAME_TAKEN', board({ name: 'Vård och omsorg' })],
    ['NAME_TAKEN', board({ name: 'New' })],
    ['UNKNOWN_PART', board({ parts: [{ queue: 'atlantis' }] })],
    ['UNKNOWN_PART', board({ parts: [{ unit: 'atlantis' }] })],
    ['UNKNOWN_PART', board({ unit: 'atlantis' })],
    ['NO_QUEUES', board({ parts: [{ unit: 'tom' }] })],
    ['NO_CLOCK', board({}, { figures: ['WAITING'] })],
    ['NO_FIGURES', board({}, { figures: [] })],
    ['FIGURES_TWICE', board({}, { figures: ['WAITING', 'WAITING', 'CLOCK'] })],
    ['SCREEN', board({}, { screen: { inches: 9, metres: 5 } })],
    ['SCREEN', board({}, { screen: { inches: 55, metres: 31 } })],
    ['ROTATION', board({}, { rotateEveryMs: 4_999 })],
    ['THRESHOLDS', board({ thresholds: { ...thresholds, ordinaryWaiting: -1 } })],
    ['THRESHOLDS', board({ thresholds: { ...thresholds, easedByShare: 1 } })]
  ];
  test.each(wrong)('is refused as %s, and nothing is kept', async (code, wish) => {
    expect(await refusalOf(wish)).toEqual(because(code));
    expect(kept).toEqual([]);
  });

  const seven: Layout['figures'] = ['WAITING', 'LONGEST', 'AVAILABLE', 'TALKING', 'ABANDONED', 'ANSWER_TIME', 'CLOCK'];
  const unreadable: [code: string, wish: WireBoardInput, numbers: object][] = [
    ['TOO_MANY_FIGURES', board({}, { figures: seven }), { fit: 6, over: 1, metres: 4 }],
    ['TOO_MANY_ROWS', board({}, { rows: 'QUEUES', screen: { inches: 55, metres: 5.5 } }), { over: 2, metres: 5 }],
    ['TOO_NARROW', board({}, { screen: { inches: 55, metres: 6 } }), { fit: null, over: null, metres: 5.5 }]
  ];
  test.each(unreadable)('is refused as %s with the metres that would mend it', async (code, wish, numbers) => {
    const refusal = await refusalOf(wish);
    expect(refusal).toMatchObject({ code, ...numbers });
    const { metres } = refusal as { metres: number };
    const { screen } = wish.layout;
    expect(await refusalOf({ ...wish, layout: { ...wish.layout, screen: { ...screen, metres } } })).toBe(null);
  });

  test('is taken when somebody else made one of that name in the same instant', async () => {
    saves = false;
    expect(await refusalOf(board())).toEqual(because('NAME_TAKEN'));
  });
});

describe('a leader', () => {
  test('makes and changes boards of their own unit', async () => {
    expect(await refusalOf(board({ unit: own }), leader())).toBe(null);
    expect(await refusalOf(board({ id: own, name: 'Förskola och skola', unit: own }), leader())).toBe(null);
    expect(kept.map(({ isNew }) => isNew)).toEqual([true, false]);
  });

  test('is told of another unit’s, of the centre’s and of one that is not there that there is none', async () => {
    const strange: WireBoardInput[] = [
      board({ unit: theirs }),
      board({ unit: null }),
      board({ id: 'all', name: null, unit: null }),
      board({ id: theirs, name: 'Vård och omsorg', unit: theirs }),
      // Said to be of one's own unit, while it is another's.
      board({ id: theirs, name: 'Vård och omsorg', unit: own }),
      board({ id: 'atlantis', unit: own })
    ];
    for (const wish of strange) {
      const { code } = await ask(leader(), 'SaveBoard', { board: wish });
      expect([wish.id, wish.unit, code]).toEqual([wish.id, wish.unit, 'NOT_FOUND']);
    }
    expect(kept).toEqual([]);
  });

  test('removes none but those of their own unit', async () => {
    for (const id of ['all', theirs, 'atlantis'])
      expect((await ask(leader(), 'RemoveBoard', { board: id })).code).toBe('NOT_FOUND');
    expect((await ask(leader(), 'RemoveBoard', { board: own })).data).toEqual({ removeBoard: true });
    expect(removed).toEqual([own]);
  });

  test('sees how a board would look, also one that nobody could read, and nothing is kept', async () => {
    const { data } = await ask(leader(), 'BoardPreview', { board: board({}, { screen: { inches: 32, metres: 20 } }) });
    expect(data?.boardPreview).toMatchObject({ layout: { screen: { inches: 32, metres: 20 } } });
    expect(kept).toEqual([]);
  });
});

test('nobody else keeps boards: not an agent, a coach or a method lead, not a screen, and not with a unit of their own', async () => {
  const ties = { boards: [own], queues: [] };
  const people = (['agent', 'coach', 'method-lead'] as const).map((role) =>
    server.identity.person(role, { roles: [role], ties })
  );
  for (const cookie of [...people, server.identity.screen('tv', own)]) {
    const wish = { board: board({ unit: own }) };
    expect((await ask(cookie, 'SaveBoard', wish)).code, cookie).toBe('NOT_FOUND');
    expect((await ask(cookie, 'BoardPreview', wish)).code, cookie).toBe('NOT_FOUND');
    expect((await ask(cookie, 'RemoveBoard', { board: own })).code, cookie).toBe('NOT_FOUND');
    expect((await ask(cookie, 'BoardDefinitions')).code, cookie).toBe('NOT_FOUND');
  }
  expect([kept, removed]).toEqual([[], []]);
});
