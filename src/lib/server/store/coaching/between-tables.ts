/** The tables beside a participation: see the migration that makes them. */
import type { YesNo } from '../tables.ts';

export interface BetweenTables {
  practice_entry: { id: string; participation: string; text_id: string; written_at: number; shared: YesNo };
  participation_wish: { participation: string; kind: 'another-coach' | 'correction' | 'share' };
  help_request: {
    id: string;
    participation: string;
    text_id: string;
    receiver: 'leader' | 'method-lead';
    released: YesNo;
  };
  released_help: { id: string; receiver: 'leader' | 'method-lead'; unit_id: string | null; ciphertext: string };
  beside: { slot: string; started_at: number; stopped_at: number | null };
  round_wish: { round: string; wish: string };
  /** `held` and `gone` are JSON of entries: see `DrawRecord`. */
  draw: {
    participation: string;
    n: number;
    draw_no: number;
    held: string;
    gone: string;
    pool_size: number;
    pool_hash: string;
    entry: string | null;
  };
  /** `part` is `all` or a unit; `of_ten` is JSON: of ten calls how many at each level, in halves. */
  round_figure: {
    round: string;
    part: string;
    criterion: string;
    withheld: 'few' | 'alike' | 'complement' | null;
    of_ten: string | null;
  };
}
