import type { EditInput } from '../domain/change.js';
import { withKept } from '../domain/places.js';
import type { Article, Citation } from '../domain/records.js';
import { mentionsKept, reopened, stands, standsAt } from '../domain/reopen.js';
import type { RecordNow, UndoPlan } from '../domain/undo.js';
import type { Reads } from '../graph/graph.js';
import { loadRecords } from '../store/load.js';
import { citationsIn } from '../store/quoted.js';

/** A plan, and what follows from the words that it gives back to articles: nobody did that, so it is no part of what goes back. */
export interface WordedPlan extends UndoPlan {
  follows: EditInput[];
}

/**
 * Lets quotes and mentions that came since keep to the words that an undo gives an article back, as they keep to new ones: what
 * stands nowhere is PROPOSED. A quote doesn't go back to where it doesn't stand, as where a later text is left alone.
 */
export async function withWords(
  graph: Reads,
  plan: UndoPlan,
  now: ReadonlyMap<string, RecordNow>,
): Promise<WordedPlan> {
  const placed = plan.edits.filter(({ type, set }) => type === 'Citation' && typeof set?.from === 'number');
  const reworded = plan.edits.filter(({ type, set }) => type === 'Article' && set !== null && isReworded(set));
  if (placed.length + reworded.length === 0) return { ...plan, follows: [] };
  const citationOf = ({ id, set }: EditInput) => ({ ...now.get(id)?.record, ...set }) as Citation;
  const ids = [...placed.map((edit) => citationOf(edit).article), ...reworded.map(({ id }) => id)];
  const articles = await loadRecords(graph, [...new Set(ids)]);
  const thenOf = (id: string) => {
    const set = plan.edits.find((edit) => edit.id === id)?.set;
    return { ...articles.get(id)?.record, ...set } as Article;
  };
  const lost = placed.filter((edit) => !standsAt(citationOf(edit), thenOf(citationOf(edit).article).text));
  const edited = new Set(plan.edits.map(({ id }) => id));
  const texts = reworded.filter(({ set }) => set !== null && 'text' in set).map(({ id }) => id);
  const others = texts.length > 0 ? (await citationsIn(graph, texts)).filter(({ id }) => !edited.has(id)) : [];
  // What waits without a place, or was rejected there, waits on.
  const bound = others.filter(({ from, verdict }) => from !== null || verdict === 'ACCEPTED');
  return {
    edits: plan.edits
      .filter((edit) => !lost.includes(edit))
      .map((edit) => (reworded.includes(edit) ? withMentions(edit, articles.get(edit.id)?.record as Article) : edit)),
    conflicts: [
      ...plan.conflicts,
      ...lost.map(({ id, type }) => {
        return { recordId: id, type, field: 'from', rule: 'CHANGED', dependents: [] } as const;
      }),
    ],
    follows: texts.flatMap((id) =>
      reopened(
        thenOf(id).text,
        bound.filter(({ article }) => article === id),
      ),
    ),
  };
}

const isReworded = (set: object) => 'title' in set || 'text' in set;

/** Mentions that don't stand in the words that come back are looked for there by their names. */
function withMentions(edit: EditInput, article: Article): EditInput {
  const then = { ...article, ...edit.set } as Article;
  const lost = then.mentions.filter((mention) => !stands(mention, then));
  if (lost.length === 0) return edit;
  const standing = then.mentions.filter((mention) => stands(mention, then));
  return { ...edit, set: { ...edit.set, mentions: withKept(mentionsKept(lost, article, then), standing) } };
}
