import type { Sight } from '../domain/gate.js';
import type { Verdict } from '../domain/records.js';
import type { Reads } from '../graph/graph.js';

/** How much of the graph a sight sees. What readers may not see of the desk's work is null for them. */
export interface Stats {
  people: number;
  /** Listed at REPORTED or above. */
  relationships: number;
  claims: number;
  articles: number;
  events: number;
  /** Relationships by their best period; readers from RUMOURED up. */
  byStanding: { PROPOSED: number | null; RUMOURED: number; REPORTED: number; CONFIRMED: number };
  byVerdict: Record<Verdict, number | null>;
  /** Claims that wait for a decision. */
  waiting: number | null;
  /** Contradictions that no resolution answers. */
  contradictions: number | null;
  lastChange: { seq: number; at: string } | null;
}

export async function stats(_graph: Reads, _sight: Sight): Promise<Stats> {
  throw new Error('unwritten');
}
