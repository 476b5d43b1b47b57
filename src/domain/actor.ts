import { z } from 'zod';
import { line } from './text.js';

/** The names under which the server itself writes: it hides whom a request is about, and loads the demo graph. */
export const OWN_NAME = { takedowns: 'takedown', seeds: 'seed' } as const;

const OWN: ReadonlySet<string> = new Set(Object.values(OWN_NAME));
/** Signs that are not seen and turn what is read, so that a name reads as that of somebody else. */
const TURNING = /\p{Bidi_Control}/u;
/** What may stand in a name without being seen. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;

const name = line(200);

/** Why nobody may write under a name, to be read behind `name`; null where somebody may. */
export function actorFault(text: string): string | null {
  const { error } = name.safeParse(text);
  if (error) return error.issues[0]?.message ?? 'is no name';
  if (TURNING.test(text)) return 'holds a sign that turns the direction of what is read';
  const read = text.normalize('NFKC').replace(UNSEEN, '').trim().toLowerCase();
  return OWN.has(read) ? 'is a name under which the server itself writes' : null;
}

/** A name for somebody to write under, without the spaces around it; `missing` says what to do where none is given. */
export const actorName = (missing: string) =>
  z
    .string(missing)
    .trim()
    .superRefine((text, context) => {
      const fault = actorFault(text);
      if (fault) context.addIssue(fault);
    });
