import { Arg, Args, Ctx, Extensions, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { wishOf } from '../domain/takedown.js';
import type { Visibility as VisibilityWord } from '../domain/words.js';
import { decideTakedown, requestTakedown } from '../editing/takedown.js';
import {
  decidedTakedown,
  type Takedown as StoredTakedown,
  type TakedownStatus as TakedownStatusWord,
} from '../store/aside-takedown.js';
import { countTakedowns, takedownsPage } from '../store/aside-takedown-list.js';
import { Change, changeFor } from './change.js';
import { type Connection, connect, connectionType, type Edge, PageArgs, sortText } from './connection.js';
import { type Context, onlyFor } from './context.js';
import { enumOf } from './enums.js';
import { forRole, keyOf, WriteArgs, write } from './mutation.js';
import type { NodeSource } from './node.js';
import { Person, type PersonSource, personFor, Visibility } from './person.js';
import { DateTime } from './scalars.js';

export const TakedownStatus = enumOf<TakedownStatusWord>('TakedownStatus', 'How far a takedown request is.', {
  OPEN: 'It waits for a decision.',
  GRANTED: 'The person was removed.',
  REFUSED: 'The person stays.',
});

type DecisionWord = 'GRANT' | 'REFUSE';

export const TakedownDecision = enumOf<DecisionWord>('TakedownDecision', 'What is decided about a takedown request.', {
  GRANT: 'The person is REMOVED: they show to administrators only.',
  REFUSE: 'The person stays, and shows again to whom they showed before the request hid them.',
});

const STATUS = { GRANT: 'GRANTED', REFUSE: 'REFUSED' } as const;

@ObjectType({
  simpleResolvers: true,
  description:
    'Says that a takedown request was taken: the same whoever is asked about, and whether or not there is such a person.',
})
export class TakedownReceipt {
  @Field(() => Boolean, { description: 'Always true.' })
  received!: boolean;

  @Field(() => String, { description: 'What to tell whoever asks.' })
  message!: string;
}

const RECEIPT: TakedownReceipt = { received: true, message: 'Thank you. A person decides, soon.' };

@ObjectType({
  simpleResolvers: true,
  description:
    'A request to take somebody down. Once it is decided it names nobody: person, reason and contact are gone from it.',
})
export class Takedown {
  @Field(() => ID, { description: 'Its id, for `decideTakedown`; `node` does not know it.' })
  id!: string;

  @Field(() => TakedownStatus, { description: 'How far it is.' })
  status!: TakedownStatusWord;

  @Field(() => Boolean, {
    description:
      'Whether whom it is about showed to readers when it came, and was not hidden at once: they are established, or too many were hidden lately.',
  })
  urgent!: boolean;

  @Field(() => Int, {
    description: 'How often somebody asked while it was open; only the first reason and contact are kept.',
  })
  times!: number;

  @Field(() => Person, { nullable: true, description: 'Whom it is about, as they are now; null once it is decided.' })
  person!: PersonSource | null;

  @Field(() => String, { nullable: true, description: 'Why, in the words of who asks; null once it is decided.' })
  reason!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'How to reach who asks; null where they said nothing, and once it is decided.',
  })
  contact!: string | null;

  @Field(() => DateTime, { description: 'When it came.' })
  at!: string;

  @Field(() => Visibility, {
    nullable: true,
    description: 'To whom the person showed before the request hid them at once; null where it did not.',
  })
  hid!: VisibilityWord | null;

  @Field(() => String, { nullable: true, description: 'Who decided.' })
  decidedBy!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  decidedAt!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was decided so.' })
  note!: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What a decision about a takedown request did.' })
export class TakedownPayload {
  @Field(() => Change, { nullable: true, description: 'The change; null where nobody’s visibility changed.' })
  change!: NodeSource | null;

  @Field(() => Takedown, { nullable: true, description: 'The request as it is now.' })
  takedown!: Takedown | null;
}

export const TakedownConnection = connectionType(
  'Takedown',
  () => Takedown,
  'takedown requests, urgent ones first, then the oldest',
);

const BY_URGENCY = sortText('URGENCY');

@Resolver()
export class TakedownResolver {
  @Query(() => TakedownConnection, {
    description:
      'Requests to take somebody down, urgent ones first, then the oldest; open ones only about those whom the viewer sees. For REVIEWER and above, else UNAUTHENTICATED or FORBIDDEN.',
  })
  takedowns(
    @Ctx() context: Context,
    @Args(() => PageArgs) args: PageArgs,
    @Arg('status', () => TakedownStatus, { nullable: true, defaultValue: 'OPEN', description: 'Which of them.' })
    status?: TakedownStatusWord | null,
  ): Connection<Edge<Takedown>> {
    onlyFor(context, 'REVIEWER', 'takedowns are');
    const { graph, sight } = context;
    const asked = status ?? 'OPEN';
    return connect({
      sort: BY_URGENCY,
      args,
      read: (page) => takedownsPage(graph, page, asked, sight),
      cursorOf: ({ sort }) => ({ sort }),
      shape: (takedown) => ({ node: takedownFor(context, takedown) }),
      count: () => countTakedowns(graph, asked, sight),
    });
  }

  @Extensions(forRole('READER'))
  @Mutation(() => TakedownReceipt, {
    description:
      'Asks to take somebody down; anybody may, signed in or not. The answer is the same whether or not there is such a person. Whoever is no ' +
      'adult marked PUBLIC by an editor is hidden at once. INVALID_INPUT, rule TEXT_LENGTH, for a text that is empty or too long; RATE_LIMITED.',
  })
  async requestTakedown(
    @Ctx() context: Context,
    @Arg('person', () => ID, { description: 'The id or slug of whom it is about, at most 200 characters.' })
    person: string,
    @Arg('reason', () => String, { description: 'Why: 1 to 2,000 characters. Only those who decide read it.' })
    reason: string,
    @Arg('contact', () => String, {
      nullable: true,
      description: 'How to reach who asks: at most 300 characters. Only those who decide read it, until they have.',
    })
    contact?: string | null,
    @Arg('key', () => String, {
      nullable: true,
      description:
        'Names this request of yours, best by a long random text: sent again with the same key about the same person, it is the same request, whatever else it says.',
    })
    key?: string | null,
  ): Promise<TakedownReceipt> {
    const { takedowns, viewer, write: graph, now } = context;
    const wish = wishOf(person, reason, contact ?? null);
    const asker = { actor: viewer.name, now: now(), key: keyOf(context, key) };
    await takedowns.count();
    await requestTakedown(graph, wish, asker);
    takedowns.hide();
    return RECEIPT;
  }

  @Extensions(forRole('REVIEWER'))
  @Mutation(() => TakedownPayload, {
    description:
      'Decides a takedown request, and whatever else is open about the same person. What is decided so already by the same viewer counts as done; CONFLICT, with `decision`, `actor` and `at`, where somebody else has decided, or otherwise.',
  })
  async decideTakedown(
    @Ctx() context: Context,
    @Args(() => WriteArgs) args: WriteArgs,
    @Arg('id', () => ID, { description: 'The request.' }) id: string,
    @Arg('decision', () => TakedownDecision, { description: 'What is decided.' }) decision: DecisionWord,
  ): Promise<TakedownPayload> {
    const change = await write(context, 'decideTakedown', args, (editor) =>
      decideTakedown(editor, id, STATUS[decision], context.sight.level),
    );
    const decided = await decidedTakedown(context.write, id);
    return { change: change && changeFor(change), takedown: decided && takedownFor(context, decided) };
  }
}

function takedownFor(context: Context, { person, ...takedown }: StoredTakedown): Takedown {
  return { ...takedown, person: person && personFor(context, person) };
}
