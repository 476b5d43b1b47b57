import type { GraphQLSchema } from 'graphql';
import { Field, ID, ObjectType } from 'type-graphql';
import { atLeast } from '../domain/gate.js';
import type { Allow, TakingBack } from '../editing/undo.js';
import { shownOtherwise } from '../editing/undo-plan.js';
import { AppError } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { changeById } from '../store/change.js';
import { type ChangeCard, changes } from '../store/history.js';
import type { Context } from './context.js';
import { enumOf } from './enums.js';
import { may, roleOfChange } from './permission.js';

type RefusalRule = 'ROLE' | 'ACTOR' | 'FORCE' | 'VISIBILITY';

export const UndoRefusalRule = enumOf<RefusalRule>('UndoRefusalRule', 'Why an undo is refused to somebody.', {
  ROLE: 'It is for EDITOR and above, for no mutation that a REVIEWER may use made it; and for no token that only reads.',
  ACTOR: 'Somebody else did it: that is for EDITOR and above.',
  FORCE: '`force` is for EDITOR and above.',
  VISIBILITY: 'It sets to whom a person shows: that is for ADMIN.',
});

@ObjectType({ simpleResolvers: true, description: 'Why an undo would be refused to the viewer.' })
export class UndoRefusal {
  @Field(() => UndoRefusalRule, { description: 'The rule.' })
  rule!: RefusalRule;

  @Field(() => String, { description: 'What it says here.' })
  message!: string;

  @Field(() => ID, { nullable: true, description: 'The person whom it is about; null where it is about the viewer.' })
  record!: string | null;
}

/** By which rule it is refused to the viewer, whatever is free; null where it is not. */
export async function refusalOf(
  context: Context,
  schema: GraphQLSchema,
  graph: Reads,
  order: TakingBack,
): Promise<UndoRefusal | null> {
  const { viewer } = context;
  if (!may(viewer, 'REVIEWER')) return aboutViewer('ROLE', 'A token that only reads takes nothing back.');
  const refusal = may(viewer, 'EDITOR') ? null : await unlessTheirs(context, schema, graph, order);
  if (refusal !== null || may(viewer, 'ADMIN')) return refusal;
  const record = await shownOtherwise(graph, order.plan);
  const message = 'It sets to whom a person shows: that is for ADMIN to take back.';
  return record === null ? null : { rule: 'VISIBILITY', message, record };
}

const aboutViewer = (rule: RefusalRule, message: string): UndoRefusal => ({ rule, message, record: null });

/** Below EDITOR one takes back one's own work, done by what a REVIEWER may use, without harm to anybody else's. */
async function unlessTheirs(
  { viewer }: Context,
  schema: GraphQLSchema,
  graph: Reads,
  { change, force }: TakingBack,
): Promise<UndoRefusal | null> {
  if (force) return aboutViewer('FORCE', '`force` is for EDITOR and above.');
  const line = await lineOf(graph, change);
  const others = line.find(({ actor }) => actor !== viewer.name);
  if (others)
    return aboutViewer(
      'ACTOR',
      `${others.action} was done by ${others.actor}: that is for EDITOR and above to take back.`,
    );
  const first = await changeById(graph, line.at(-1)?.id ?? change);
  const needed = first && roleOfChange(schema, first);
  if (needed !== null && atLeast('REVIEWER', needed)) return null;
  return aboutViewer('ROLE', `What ${first?.action} did is for EDITOR and above to take back.`);
}

/** So often something is undone and done again before it is for an editor. */
const LONGEST_LINE = 100;

/** A change and, where it is an undo, what it takes back, what that takes back, and so on to what no undo did. */
async function lineOf(graph: Reads, id: string): Promise<ChangeCard[]> {
  const line: ChangeCard[] = [];
  for (let next: string | null = id; next !== null && line.length < LONGEST_LINE; ) {
    const [change]: (ChangeCard | null)[] = await changes(graph, [next], { level: 2 });
    if (change) line.push(change);
    next = change?.undoes ?? null;
  }
  return line;
}

/** Refuses to the viewer what `refusalOf` tells. */
export const mayTakeBack =
  (context: Context, schema: GraphQLSchema): Allow =>
  async (graph, order) => {
    const refusal = await refusalOf(context, schema, graph, order);
    if (refusal === null) return;
    const { message, ...details } = refusal;
    throw new AppError('FORBIDDEN', message, details);
  };
