import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { takeHome, type Paper, type PaperFonts } from '../../src/lib/server/take-home.ts';
import { coachingCity, nameOf, type CoachingCity } from '../support/coaching-city.ts';
import { acknowledged, reflects, own, openedRound, drawn, STRENGTH } from '../support/coaching-steps.ts';
import { pdfText } from '../support/pdf-text.ts';

const folder = join(dirname(createRequire(import.meta.url).resolve('@fontsource/encode-sans/package.json')), 'files');
const font = (cut: string, weight: number) => readFileSync(join(folder, `encode-sans-${cut}-${weight}-normal.woff`));
const fonts: PaperFonts = {
  text: { most: font('latin', 400), rest: font('latin-ext', 400) },
  heading: { most: font('latin', 600), rest: font('latin-ext', 600) }
};

let city: CoachingCity;
beforeAll(async () => {
  city = await coachingCity();
  await openedRound(city);
  await drawn(city);
});
afterAll(() => city.stop());

const home = () =>
  takeHome({
    participations: city.coaching.services.participations,
    rubrics: { all: () => city.coaching.house.rubrics.all() } as Parameters<typeof takeHome>[0]['rubrics']
  });
const viewer = (id: string) => ({
  kind: 'person' as const,
  personId: id,
  sessionId: 'session',
  name: nameOf(id),
  roles: ['agent' as const]
});

describe('what an agent takes home', () => {
  test('holds strengths, goal and last word, and nothing that says a level or who the coach was', async () => {
    const { coach } = await acknowledged(city, 'amina');
    const rounds = await home().rounds(viewer('amina'));
    expect(rounds).toMatchObject([
      {
        goal: { when: 'jag letar i systemet', try: 'säga vad jag gör' },
        lastWords: [{ text: 'Det känns görbart.' }]
      }
    ]);
    expect(rounds[0]?.strengths.map(({ text }) => text)).toContainEqual(expect.stringContaining(STRENGTH));
    // The coach handed in a level for each criterion: of those there is none here, nor any other trace of one.
    const told = JSON.stringify(rounds);
    expect(told).not.toMatch(/"(mark|level|levels)"|not-applicable/);
    expect(told).not.toContain(nameOf(coach));
  });

  test('holds nothing of a round before both are in', async () => {
    expect(await reflects(city, 'bodil')).toBeNull();
    expect((await own(city, 'bodil')).revealed).toBe(false);
    expect(await home().rounds(viewer('bodil'))).toEqual([]);
  });
});

describe('the paper', () => {
  const paper = (parts: Paper['parts']): Paper => ({
    title: 'Min utveckling',
    language: 'sv',
    parts,
    foot: 'Vid foten.'
  });

  test('says every letter that people here write, also of names from elsewhere', async () => {
    const words = 'Får vi nå ända fram? ”Så här”, sa Łucja Yıldız och Dvořák – é.';
    const pdf = await home().pdf(paper([{ as: 'P', text: words }]), fonts);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdfText(pdf).replaceAll('\n', '')).toContain(words);
  });

  test('is tagged, has its language and title, and its foot on each page', async () => {
    const parts = Array.from({ length: 90 }, (_, at) => ({ as: 'P' as const, text: `Rad ${at}` }));
    const pdf = await home().pdf(paper([{ as: 'H1', text: 'Rubrik' }, ...parts]), fonts);
    const bytes = pdf.toString('latin1');
    expect(bytes).toMatch(/\/Marked true/);
    expect(bytes).toMatch(/\/Lang \(sv\)/);
    expect(bytes).toMatch(/\/DisplayDocTitle true/);
    expect(bytes).toMatch(/\/S \/H1/);
    const pages = [...bytes.matchAll(/\/Type \/Page\b/g)].length;
    expect(pages).toBeGreaterThan(1);
    expect(pdfText(pdf).split('Vid foten.')).toHaveLength(pages + 1);
    expect(pdfText(pdf)).toContain('Rad 89');
  });
});
