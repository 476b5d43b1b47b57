import { Arg, Args, Ctx, Extensions, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { dayOfEpoch } from '../domain/day.js';
import { parsePartialDate } from '../domain/partial-date.js';
import type { Named } from '../domain/places.js';
import type { ArticleKind as ArticleKindWord, Mention } from '../domain/records.js';
import {
  type ArticleFields,
  addArticle,
  rebindMention,
  reviewMentions,
  type SeenArticle,
  updateArticle,
} from '../editing/article.js';
import { under } from '../errors.js';
import { Article, ArticleKind, ArticlePart, type ArticleSource, findArticle } from './article.js';
import { Change, changeFor } from './change.js';
import { type Context, is } from './context.js';
import { EditArgs, editedIn, forRole, given, namedPerson, namedRecord, WriteArgs, write } from './mutation.js';
import type { NodeSource } from './node.js';
import { EDTF } from './scalars.js';

@InputType({ description: 'Somebody whom an article names.' })
export class MentionInput {
  @Field(() => String, { description: 'The words that name them.' })
  surface!: string;

  @Field(() => ArticlePart, { description: 'Whether they stand in the title or the text.' })
  part!: Mention['part'];

  @Field(() => Int, {
    nullable: true,
    description: 'Where they begin; every place where they stand, if none is given.',
  })
  from?: number | null;

  @Field(() => ID, { description: 'The id or slug of who is named.' })
  person!: string;
}

@InputType({ description: 'What is changed of an article: what is left out stays as it is.' })
export class ArticlePatch {
  @Field(() => String, { nullable: true, description: 'Where it is on the web.' })
  url?: string | null;

  @Field(() => String, { nullable: true, description: 'Its title.' })
  title?: string;

  @Field(() => String, { nullable: true, description: 'Who published it.' })
  outlet?: string | null;

  @Field(() => String, { nullable: true, description: 'Who wrote it.' })
  author?: string | null;

  @Field(() => ArticleKind, { nullable: true, description: 'What sort of source it is.' })
  kind?: ArticleKindWord;

  @Field(() => String, { nullable: true, description: 'Its language, as BCP 47 writes it: `en`.' })
  language?: string | null;

  @Field(() => EDTF, { nullable: true, description: 'When it appeared; null where it shows no date.' })
  published?: string | null;

  @Field(() => EDTF, { nullable: true, description: 'The day on which it was read.' })
  retrieved?: string;

  @Field(() => String, { nullable: true, description: 'Its text, where it may be kept.' })
  text?: string | null;

  @Field(() => [ID], { nullable: true, description: 'The ids of all sources that it copies or is drawn from.' })
  basedOn?: string[];

  @Field(() => [MentionInput], { nullable: true, description: 'Everybody whom it names.' })
  mentions?: MentionInput[];

  @Field(() => Boolean, {
    nullable: true,
    description:
      'A person has looked at whom it names: readers then see its title and quotes. For REVIEWER and above, else ignored. A new title or text sets it to false, unless the same order says true.',
  })
  mentionsReviewed?: boolean;
}

@InputType({ description: 'A source.' })
export class ArticleInput extends ArticlePatch {
  @Field(() => String, { description: 'Its title.' })
  declare title: string;

  @Field(() => ArticleKind, { description: 'What sort of source it is.' })
  declare kind: ArticleKindWord;

  @Field(() => EDTF, { nullable: true, description: 'The day on which it was read; today where none is given.' })
  declare retrieved?: string;
}

@ObjectType({ simpleResolvers: true, description: 'What an edit of an article did.' })
export class ArticlePayload {
  @Field(() => Change, {
    nullable: true,
    description: 'The change, whose edits name every quote and claim that it reopens; null where nothing changed.',
  })
  change!: NodeSource | null;

  @Field(() => Article, {
    nullable: true,
    description: 'The article as it is now; null for contributors, who see it once it is cited for something.',
  })
  article!: ArticleSource | null;
}

@Resolver()
export class EditArticleResolver {
  @Extensions(forRole('CONTRIBUTOR'))
  @Mutation(() => ArticlePayload, {
    description: 'Adds a source to cite. CONFLICT, rule UNIQUE, where its address is there already.',
  })
  async addArticle(
    @Ctx() context: Context,
    @Args(() => WriteArgs) args: WriteArgs,
    @Arg('input', () => ArticleInput, { description: 'The source.' }) input: ArticleInput,
  ): Promise<ArticlePayload> {
    const { fields, named } = await under('input', () => articleOf(context, input));
    const article: ArticleFields = {
      ...{ url: null, outlet: null, author: null, language: null, published: null, text: null, basedOn: [] },
      ...{ mentionsReviewed: false, retrieved: dayOfEpoch(context.now()) },
      ...fields,
      ...{ title: input.title, kind: input.kind },
    };
    const change = await write(context, 'addArticle', args, (editor) => addArticle(editor, article, named ?? []));
    const [id] = editedIn(change, 'Article');
    return { change: change && changeFor(change), article: id === undefined ? null : await findArticle(context, id) };
  }

  @Extensions(forRole('EDITOR'))
  @Mutation(() => ArticlePayload, {
    description:
      'Changes an article. A new text reopens what it supported: a quote that no longer stands is PROPOSED again, and with it what rested on nothing else. A new title or text sets `mentionsReviewed` to false, unless the same order says true. Mentions of whoever the viewer may not see stay as they are. REFUSED, rule WITHHELD, for a title or text with a gap where a name is withheld from the viewer.',
  })
  async updateArticle(
    @Ctx() context: Context,
    @Args(() => EditArgs) args: EditArgs,
    @Arg('id', () => ID, { description: 'The id.' }) ref: string,
    @Arg('set', () => ArticlePatch, { description: 'What is changed.' }) set: ArticlePatch,
  ): Promise<ArticlePayload> {
    const id = await namedRecord(context, 'Article', ref, 'id');
    const { fields, named } = await under('set', () => articleOf(context, set));
    const change = await write(context, 'updateArticle', args, (editor) =>
      updateArticle(editor, id, fields, named, seenBy(context, args)),
    );
    return { change: change && changeFor(change), article: await findArticle(context, id) };
  }

  @Extensions(forRole('REVIEWER'))
  @Mutation(() => ArticlePayload, {
    description:
      'Says that a person has looked at whom an article names, and, with `mentions`, whom it names. Readers see its title and quotes from then on. Mentions of whoever the viewer may not see stay as they are.',
  })
  async reviewMentions(
    @Ctx() context: Context,
    @Args(() => EditArgs) args: EditArgs,
    @Arg('article', () => ID, { description: 'The id of the article.' }) ref: string,
    @Arg('mentions', () => [MentionInput], {
      nullable: true,
      description: 'Everybody whom it names; who is known stays where none are given.',
    })
    mentions?: MentionInput[] | null,
    @Arg('reviewed', () => Boolean, {
      nullable: true,
      defaultValue: true,
      description: 'False where somebody should look once more.',
    })
    reviewed?: boolean | null,
  ): Promise<ArticlePayload> {
    const id = await namedRecord(context, 'Article', ref, 'article');
    const said = { named: mentions ? await namedIn(context, mentions) : null, reviewed: reviewed ?? true };
    const change = await write(context, 'reviewMentions', args, (editor) =>
      reviewMentions(editor, id, said, seenBy(context, args)),
    );
    return { change: change && changeFor(change), article: await findArticle(context, id) };
  }

  @Extensions(forRole('REVIEWER'))
  @Mutation(() => ArticlePayload, {
    description:
      'Says whom a place in an article really names. The people stay as they are. NOT_FOUND for no such place.',
  })
  async rebindMention(
    @Ctx() context: Context,
    @Args(() => EditArgs) args: EditArgs,
    @Arg('article', () => ID, { description: 'The id of the article.' }) ref: string,
    @Arg('part', () => ArticlePart, { description: 'Whether the place is in the title or the text.' })
    part: Mention['part'],
    @Arg('from', () => Int, { description: 'Where the words that name somebody begin.' }) from: number,
    @Arg('person', () => ID, { nullable: true, description: 'The id or slug of who it is; null for nobody known.' })
    named?: string | null,
  ): Promise<ArticlePayload> {
    const id = await namedRecord(context, 'Article', ref, 'article');
    const person = named == null ? null : (await namedPerson(context, named, 'person')).id;
    const change = await write(context, 'rebindMention', args, (editor) =>
      rebindMention(editor, id, { part, from, person }, seenBy(context, args)),
    );
    return { change: change && changeFor(change), article: await findArticle(context, id) };
  }
}

const seenBy = ({ sight }: Context, { expectedRevision }: EditArgs): SeenArticle => ({
  sight,
  revision: expectedRevision,
});

async function namedIn(context: Context, mentions: readonly MentionInput[]): Promise<Named[]> {
  const named: Named[] = [];
  for (const [at, { surface, part, from, person }] of mentions.entries()) {
    const { id } = await namedPerson(context, person, `mentions[${at}].person`);
    named.push({ surface, part, from: from ?? undefined, person: id });
  }
  return named;
}

/** The fields that were given, with everybody who is named found. */
async function articleOf(
  context: Context,
  { mentions, retrieved, mentionsReviewed, ...rest }: ArticlePatch,
): Promise<{ fields: Partial<ArticleFields>; named: Named[] | null }> {
  const named = mentions ? await namedIn(context, mentions) : null;
  const published = rest.published && parsePartialDate(rest.published, 'published').edtf;
  const fields = given({
    ...rest,
    ...(published !== undefined && { published }),
    retrieved: retrieved === undefined ? undefined : parsePartialDate(retrieved, 'retrieved').min,
    mentionsReviewed: is(context, 'REVIEWER') ? mentionsReviewed : undefined,
  });
  return { fields: fields as Partial<ArticleFields>, named };
}
