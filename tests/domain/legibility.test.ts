import { describe, expect, test } from 'vitest';
import { DEFAULT_LAYOUT, type BoardLayout } from '../../src/lib/domain/board.ts';
import {
  FIGURE_WIDTH,
  isJoined,
  leastScale,
  legibility,
  requiredCapitals,
  rowsThatFit,
  stripHeight,
  typeScale
} from '../../src/lib/domain/legibility.ts';

const eleven = { queues: 11, units: 4 };
const layout = (over: Partial<BoardLayout>): BoardLayout => ({ ...DEFAULT_LAYOUT, ...over });
const at = (inches: number, metres: number) => layout({ screen: { inches, metres } });

describe('55 inches at five metres, which the wall is drawn for', () => {
  test('asks for capitals of 96.3, 45.9 and 36.7 of 1080 pixels', () => {
    const { key, label, rest } = requiredCapitals({ inches: 55, metres: 5 });
    expect(key * 10.8).toBeCloseTo(96.3, 1);
    expect(label * 10.8).toBeCloseTo(45.9, 1);
    expect(rest * 10.8).toBeCloseTo(36.7, 1);
  });

  test('has room for its six key figures and eleven rows, at full size', () => {
    expect(legibility(layout({}), eleven)).toBe(null);
    expect(typeScale(layout({}), eleven)).toBe(1);
    expect(rowsThatFit(layout({}), 1)).toBe(11);
  });

  test('has no room for a seventh, which four metres would give', () => {
    const seven = layout({ figures: [...DEFAULT_LAYOUT.figures, 'talking'] });
    expect(legibility(seven, eleven)).toEqual({ code: 'too-many-figures', fit: 6, over: 1, metres: 4 });
    const moved = { ...seven, screen: { inches: 55, metres: 4 } };
    expect(legibility(moved, eleven)).toBe(null);
  });

  test('has no room for six of the widest', () => {
    const wide = layout({ figures: ['offered', 'answered', 'clock', 'answer-time', 'available', 'service-level'] });
    const width = wide.figures.reduce((sum, figure) => sum + FIGURE_WIDTH[figure], 0);
    expect(width).toBeGreaterThan(172);
    expect(legibility(wide, eleven)).toMatchObject({ code: 'too-many-figures', fit: 5, over: 1 });
  });

  test('has no room for a twelfth queue, but for its units', () => {
    const twelve = { queues: 12, units: 4 };
    expect(legibility(layout({ rows: 'queues' }), twelve)).toMatchObject({ code: 'too-many-rows', fit: 11, over: 1 });
    expect(legibility(layout({}), twelve)).toBe(null);
    expect(isJoined(layout({}), twelve)).toBe(true);
    expect(isJoined(layout({}), eleven)).toBe(false);
  });
});

test('a smaller screen, or a farther seat, holds less and says from where it could be read', () => {
  expect(leastScale({ inches: 55, metres: 10 })).toBe(2);
  expect(legibility(at(55, 6), eleven)).toMatchObject({ code: 'too-many-figures', fit: 5, over: 1, metres: 5 });
  const three: BoardLayout = layout({ figures: ['waiting', 'longest', 'clock'], screen: { inches: 55, metres: 6 } });
  expect(legibility(three, { queues: 3, units: 1 })).toEqual({ code: 'too-narrow', metres: 5.5 });
  expect(legibility({ ...three, side: false }, { queues: 3, units: 1 })).toBe(null);
});

test('what is refused is mended by moving to the metres that are named', () => {
  for (const inches of [32, 43, 55, 65, 85]) {
    for (const metres of [2, 3, 4, 5, 6, 8, 12]) {
      for (const figures of [DEFAULT_LAYOUT.figures, DEFAULT_LAYOUT.figures.slice(0, 3)]) {
        for (const side of [true, false]) {
          let asked = layout({ figures, side, screen: { inches, metres } });
          for (let moves = 0; moves < 4; moves += 1) {
            const refusal = legibility(asked, eleven);
            if (refusal === null || !('metres' in refusal) || refusal.metres === null) break;
            expect(refusal.metres).toBeLessThan(asked.screen.metres);
            const before = refusal.code;
            asked = { ...asked, screen: { inches, metres: refusal.metres } };
            expect(legibility(asked, eleven)?.code).not.toBe(before);
          }
        }
      }
    }
  }
});

test('a board without a side gives up rows for what is said, and has them back when nothing can be', () => {
  const alone = layout({ side: false });
  expect(stripHeight(layout({}), 1)).toBe(0);
  expect(rowsThatFit(alone, 1)).toBeLessThan(rowsThatFit({ ...alone, announcements: false }, 1));
  // The same words take more lines in larger type.
  expect(stripHeight(alone, 1.5)).toBeGreaterThan(stripHeight(alone, 1));
  expect(legibility({ ...alone, rows: 'queues' }, { queues: 8, units: 2 })).toMatchObject({ code: 'too-many-rows' });
  expect(legibility({ ...alone, rows: 'queues', announcements: false }, { queues: 8, units: 2 })).toBe(null);
});

test('a near seat does not make the type small: it is as large as there is room for', () => {
  expect(typeScale(at(55, 2), eleven)).toBe(1);
  const many = layout({ figures: [...DEFAULT_LAYOUT.figures, 'talking'], screen: { inches: 55, metres: 3 } });
  const scale = typeScale(many, eleven);
  expect(scale).toBeLessThan(1);
  expect(scale).toBeGreaterThan(leastScale(many.screen));
  expect(legibility({ ...many, screen: { inches: 55, metres: 5 * scale } }, eleven)).toBe(null);
});

test('a board without a figure has nothing to say', () => {
  expect(legibility(layout({ figures: [] }), eleven)).toEqual({ code: 'no-figures' });
});
