import PDFDocument from 'pdfkit';
import type { Viewer } from '../domain/access.ts';
import type { Worded } from '../domain/coaching/rubric.ts';
import type { Instant } from '../domain/time.ts';
import type { ParticipationView } from './graphql/coaching/views.ts';
import type { Services } from './graphql/context.ts';

type Person = Extract<Viewer, { kind: 'person' }>;

/** One round as its agent takes it home: words. There is no place in it for a level, or for who the coach was. */
export interface RoundToTakeHome {
  name: string;
  strengths: { criterion: Worded | null; text: string }[];
  goal: { when: string; try: string; how: string | null } | null;
  lastWords: { text: string; writtenAt: Instant }[];
  practice: { text: string; writtenAt: Instant }[];
}

/** A paper of headings and paragraphs, in one language, with a line at the foot of each page. */
export interface Paper {
  title: string;
  language: 'sv' | 'en';
  parts: { as: 'H1' | 'H2' | 'H3' | 'P'; text: string }[];
  foot: string;
}
/** `rest` has the letters of Latin script that `most` lacks. */
export interface PaperFonts {
  text: { most: Buffer; rest: Buffer };
  heading: { most: Buffer; rest: Buffer };
}

export interface TakeHome {
  /** The agent's own rounds in which both have read, the newest first. */
  rounds(me: Person): Promise<RoundToTakeHome[]>;
  pdf(paper: Paper, fonts: PaperFonts): Promise<Buffer>;
}

export function takeHome({ participations, rubrics }: Pick<Services, 'participations' | 'rubrics'>): TakeHome {
  return {
    async rounds(me) {
      const own = await participations.own(me);
      const versions = new Map((await rubrics.all()).map(({ id, text }) => [id, text.criteria]));
      return own
        .filter(({ revealed, practice }) => revealed || practice.length > 0)
        .map((view) => ({
          name: view.round.name,
          strengths: strengthsOf(view).map(({ criterion, text }) => ({
            criterion: versions.get(view.round.rubricVersion)?.find(({ id }) => id === criterion)?.name ?? null,
            text
          })),
          goal: view.goal?.state === 'agreed' ? view.goal : null,
          lastWords: view.lastWords,
          practice: view.practice
        }));
    },
    pdf: drawn
  };
}

function strengthsOf({ revealed, slots }: ParticipationView) {
  if (!revealed) return [];
  return slots.flatMap(({ coachReading, agentReading }) => [
    ...(coachReading?.strengths ?? []),
    ...(agentReading?.strengths ?? [])
  ]);
}

/** For assistive technology (ISO 14289-1). A subset that the library knows and its types do not yet. */
const universal = { subset: 'PDF/UA' } as object;
const MARGIN = 64;
const SIZES = { H1: 22, H2: 16, H3: 12, P: 11 } as const;
const ABOVE = { H1: 0, H2: 1.2, H3: 0.8, P: 0.25 } as const;
/** What the most used cut of the typeface lacks, and the other has: names from all over Europe are written with it. */
const REST = /([\u0100-\u0130\u0132-\u0151\u0154-\u02ba\u02bd-\u02c5\u1e00-\u1eff]+)/;

/** Tagged for screen readers, in its language, with the typeface inside: it looks and reads the same everywhere. */
async function drawn({ title, language, parts, foot }: Paper, fonts: PaperFonts): Promise<Buffer> {
  const paper = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    bufferPages: true,
    pdfVersion: '1.7',
    ...universal,
    tagged: true,
    displayTitle: true,
    lang: language,
    info: { Title: title, Creator: 'Stämgaffeln', Producer: 'Stämgaffeln' }
  });
  const chunks: Buffer[] = [];
  paper.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => paper.once('end', resolve).once('error', reject));
  for (const [name, { most, rest }] of Object.entries(fonts)) {
    paper.registerFont(name, most);
    paper.registerFont(`${name}-rest`, rest);
  }

  const body = paper.struct('Document');
  paper.addStructure(body);
  for (const { as, text } of parts) {
    const draw = () => {
      const name = as === 'P' ? 'text' : 'heading';
      paper.font(name).fontSize(SIZES[as]).moveDown(ABOVE[as]);
      const runs = text.split(REST).filter((run) => run !== '');
      for (const [at, run] of runs.entries())
        paper.font(REST.test(run) ? `${name}-rest` : name).text(run, { lineGap: 2, continued: at < runs.length - 1 });
    };
    body.add(paper.struct(as, { lang: language }, draw));
  }
  body.end();

  const { start, count } = paper.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    paper.switchToPage(page);
    // Below the margin a line would begin a page of its own.
    paper.page.margins.bottom = 0;
    paper.markContent('Artifact', { type: 'Pagination', attached: ['Bottom'] });
    paper.font('text').fontSize(9);
    paper.text(foot, MARGIN, paper.page.height - 44, { width: paper.page.width - 2 * MARGIN });
    paper.endMarkedContent();
  }
  paper.end();
  await ended;
  return Buffer.concat(chunks);
}
