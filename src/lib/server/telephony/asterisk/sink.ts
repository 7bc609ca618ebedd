import type { Entry } from '../../../domain/telephony/call.ts';
import type { Told } from '../../../domain/telephony/event.ts';
import type { Floor } from '../../../domain/telephony/floor.ts';
import type { Instant } from '../../../domain/time.ts';

/** What this source needs of whoever listens to it: a part of the engine's `SourceSink`, in this source's own words. */
export interface PbxSink {
  now(): Instant;
  floor(): Promise<Floor>;
  append(told: Told[]): Promise<void>;
  proven(at: Instant): void;
  entries(from: Instant, to: Instant): Promise<Entry[]>;
  wrapUpMs(queue: string): number | null;
  isWrapUpReason(reason: string): boolean;
  health(report: Partial<PbxHealth>): void;
}

export interface PbxHealth {
  state: 'connecting' | 'starting' | 'connected' | 'lost';
  trouble: string | null;
  drift: number;
  gapRepairs: number;
  anomalies: Record<string, number>;
  bytes: number;
  reconnects: number;
}
