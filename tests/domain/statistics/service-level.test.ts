import { describe, expect, it } from 'vitest';
import {
  DEFAULT_SERVICE_LEVEL,
  definitionAt,
  definitionsWithin,
  serviceLevel,
  serviceLevelParts
} from '../../../src/lib/domain/statistics/service-level.ts';
import type { ServiceLevelDefinition } from '../../../src/lib/domain/wallboard.ts';

describe('one day’s callers by six variants', () => {
  const counts = { answered: 1000, answeredInTime: 860, abandoned: 60, abandonedInTime: 20, abandonedShort: 10 };
  it.each([
    ['without-short', 860, 1050, 81.9],
    ['abandoned-in-time-met', 880, 1060, 83.0],
    ['answered-only', 860, 1000, 86.0],
    ['all', 860, 1060, 81.1],
    ['without-abandoned-in-time', 860, 1040, 82.7],
    ['short-met', 870, 1060, 82.1]
  ] as const)('%s is %i of %i, %f %', (variant, met, counted, percent) => {
    const parts = serviceLevelParts(variant, counts);
    expect(parts).toEqual({ met, counted });
    expect(Math.round(serviceLevel(parts)! * 1000) / 10).toBe(percent);
  });

  it('is null, not a number made of nothing, when nobody counted', () => {
    expect(serviceLevel({ met: 0, counted: 0 })).toBeNull();
  });
});

describe('which definition holds', () => {
  const old: ServiceLevelDefinition = { ...DEFAULT_SERVICE_LEVEL, targetMs: 30_000, from: 1000 };
  const newer: ServiceLevelDefinition = { ...DEFAULT_SERVICE_LEVEL, targetMs: 20_000, from: 2000 };

  it('is the latest that has begun, in whatever order they are given', () => {
    for (const definitions of [
      [old, newer],
      [newer, old]
    ]) {
      expect(definitionAt(definitions, 1999)).toBe(old);
      expect(definitionAt(definitions, 2000)).toBe(newer);
    }
  });

  it('before the first it is the first, and with none it is the one that always was', () => {
    expect(definitionAt([newer, old], 0)).toBe(old);
    expect(definitionAt([], 5)).toBe(DEFAULT_SERVICE_LEVEL);
  });

  it('a period names every definition that held in it', () => {
    expect(definitionsWithin([newer, old], 1500, 2500)).toEqual([old, newer]);
    expect(definitionsWithin([newer, old], 1500, 2000)).toEqual([old]);
    expect(definitionsWithin([newer, old], 2000, 2500)).toEqual([newer]);
  });
});
