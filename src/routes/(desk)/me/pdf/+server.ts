import bold from '@fontsource/encode-sans/files/encode-sans-latin-600-normal.woff?inline';
import boldRest from '@fontsource/encode-sans/files/encode-sans-latin-ext-600-normal.woff?inline';
import regular from '@fontsource/encode-sans/files/encode-sans-latin-400-normal.woff?inline';
import regularRest from '@fontsource/encode-sans/files/encode-sans-latin-ext-400-normal.woff?inline';
import { error } from '@sveltejs/kit';
import { formats, type Formats } from '$lib/i18n/format';
import { m } from '$lib/i18n/paraglide/messages';
import { getLocale } from '$lib/i18n/paraglide/runtime';
import type { Paper, PaperFonts, RoundToTakeHome } from '$lib/server/take-home';
import type { RequestHandler } from './$types';

const fontOf = (inline: string): Buffer => Buffer.from(inline.slice(inline.indexOf(',') + 1), 'base64');
let fonts: PaperFonts | undefined;
const paperFonts = (): PaperFonts =>
  (fonts ??= {
    text: { most: fontOf(regular), rest: fontOf(regularRest) },
    heading: { most: fontOf(bold), rest: fontOf(boldRest) }
  });

/** What an agent takes home: words only. Levels and the coach's name are not left out here, they never come this far. */
export const GET: RequestHandler = async ({ locals: { app, viewer } }) => {
  if (viewer?.kind !== 'person') error(404);
  const language = getLocale();
  const format = formats(language, app.config.timeZone);
  const rounds = await app.takeHome.rounds(viewer);
  const title = m.pdf_title({ name: viewer.name });
  const paper: Paper = {
    title,
    language,
    parts: [
      { as: 'H1', text: title },
      ...(rounds.length === 0 ? [{ as: 'P' as const, text: m.coaching_empty_reviews() }] : []),
      ...rounds.flatMap((round) => roundParts(round, language, format))
    ],
    foot: m.coaching_pdf_footer()
  };
  const pdf = await app.takeHome.pdf(paper, paperFonts());
  return new Response(new Uint8Array(pdf), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${m.pdf_file_name()}"`,
      'cache-control': 'private, no-store'
    }
  });
};

function roundParts(
  { name, strengths, goal, lastWords, practice }: RoundToTakeHome,
  language: 'sv' | 'en',
  format: Formats
): Paper['parts'] {
  const dated = ({ text, writtenAt }: { text: string; writtenAt: number }) => `${format.date(writtenAt)}: ${text}`;
  const part = (heading: string, lines: string[]): Paper['parts'] =>
    lines.length === 0 ? [] : [{ as: 'H3', text: heading }, ...lines.map((text) => ({ as: 'P' as const, text }))];
  return [
    { as: 'H2', text: name },
    ...part(
      m.coaching_word_strengths(),
      strengths.map(({ criterion, text }) => (criterion ? `${criterion[language]}: ${text}` : text))
    ),
    ...part(
      m.coaching_word_goal(),
      goal
        ? [m.coaching_goal_sentence({ when: goal.when, what: goal.try }), ...(goal.how === null ? [] : [goal.how])]
        : []
    ),
    ...part(m.coaching_word_last_word(), lastWords.map(dated)),
    ...part(m.coaching_word_log(), practice.toReversed().map(dated))
  ];
}
