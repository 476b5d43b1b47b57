import { parse, valueFromASTUntyped } from 'graphql';
import { ROLES, type Role } from '../../src/domain/gate.js';
import { takedownId } from '../../src/domain/takedown.js';
import { createSchema } from '../../src/graphql/schema.js';
import { byVariables } from './arguments.js';
import { claims, HIGHER, MUTATIONS, PAYLOADS, QUOTE, type Row, type Somebody, type State } from './orders.js';

/** Those that name nobody who is known, or whose decision is of a request (`askedDown`). */
export const OF_NOBODY: Record<string, Row> = {
  createPerson: {
    least: 'EDITOR',
    order: ({ person }) =>
      `createPerson(input: {name: "New", slug: "new-${person.slice(4)}", aliases: [{name: "Newer", kind: NICKNAME}], externalIds: ["new:${person}"]})`,
  },
  requestTakedown: {
    least: 'READER',
    order: ({ person }) =>
      `requestTakedown(person: "${person}", reason: "It is about me.", contact: "me@mail.example")`,
  },
  decideTakedown: {
    least: 'REVIEWER',
    order: ({ person }) => `decideTakedown(id: "${takedownId('Vera', person, person)}", decision: REFUSE)`,
  },
};
/** Other forms of an order, which reach what the first doesn't. */
export const FORMS: ({ name: string; title: string } & Row)[] = [
  {
    name: 'addCitation',
    title: 'addCitation for a side',
    least: 'CONTRIBUTOR',
    order: ({ accepted, article, person }) =>
      `addCitation(claim: "${accepted}", cite: {article: "${article}", quote: "I do.", evidence: PRINCIPAL, side: "${person}"})`,
  },
  {
    name: 'proposeClaims',
    title: 'proposeClaims on a record',
    least: 'CONTRIBUTOR',
    order: ({ event, keeper, article }) =>
      `proposeClaims(statements: [{subject: "${event}", claims: [{field: PARTICIPANT, value: {person: "${keeper}", role: GUEST}, cite: [{article: "${article}", ${QUOTE}}]}]}])`,
  },
  {
    name: 'recordRelationship',
    title: 'recordRelationship with what began and ended it',
    least: 'EDITOR',
    order: ({ person, partner, article, event }) =>
      `recordRelationship(of: {kind: ROMANTIC, type: DATING, a: "${person}", b: "${partner}", startedBy: "${event}", separate: true}, ${claims(article)})`,
  },
  {
    name: 'decideClaims',
    title: 'decideClaims of one quote',
    least: 'REVIEWER',
    order: ({ accepted, citation, revision }) =>
      `decideClaims(decisions: [{claim: "${accepted}", decide: REJECT, reason: OTHER, note: "So", citations: ["${citation}"], expectedRevision: ${revision}}])`,
  },
  {
    name: 'correctClaim',
    title: 'correctClaim to another field',
    least: 'REVIEWER',
    order: ({ waiting, revision }) =>
      `correctClaim(id: "${waiting}", field: END, value: {date: "2013", dateText: "in 2013", announced: true}, expectedRevision: ${revision})`,
  },
  {
    name: 'aimClaim',
    title: 'aimClaim at a pair',
    least: 'REVIEWER',
    order: ({ waiting, person, partner, revision }) =>
      `aimClaim(id: "${waiting}", pair: {kind: ROMANTIC, type: DATING, a: "${person}", b: "${partner}"}, expectedRevision: ${revision})`,
  },
  {
    name: 'aimClaim',
    title: 'aimClaim at a new period',
    least: 'REVIEWER',
    order: ({ waiting, revision }) =>
      `aimClaim(id: "${waiting}", newPeriod: UNSPECIFIED, expectedRevision: ${revision})`,
  },
  {
    name: 'resolveContradiction',
    title: 'resolveContradiction for one of both',
    least: 'REVIEWER',
    order: ({ contradiction, end }) =>
      `resolveContradiction(id: "${contradiction}", kind: PREFER, prefer: "${end}", note: "It is newer")`,
  },
  {
    name: 'updateEvent',
    title: 'updateEvent of who took part',
    least: 'EDITOR',
    order: ({ event, person, keeper, revision }) =>
      `updateEvent(id: "${event}", set: {participants: [{person: "${person}", role: PARTY}, {person: "${keeper}", role: GUEST}]}, expectedRevision: ${revision})`,
  },
  {
    name: 'updateArticle',
    title: 'updateArticle of all that it is',
    least: 'EDITOR',
    order: ({ article, source, keeper, person, revision }) =>
      `updateArticle(id: "${article}", set: {text: "Here it is, and it ends.", mentions: [{surface: "it", part: TEXT, person: "${keeper}"}, {surface: "ends", part: TEXT, from: 19, person: "${person}"}], basedOn: ["${source}"], published: "2019", retrieved: "2020-02-01", url: "https://news.example/${article}", language: "en"}, expectedRevision: ${revision})`,
  },
  {
    name: 'addArticle',
    title: 'addArticle with all that it is',
    least: 'CONTRIBUTOR',
    order: ({ source, keeper, person }) =>
      `addArticle(input: {title: "They met", kind: NEWS, text: "Here it is, and it ends.", mentions: [{surface: "it", part: TEXT, person: "${keeper}"}, {surface: "ends", part: TEXT, from: 19, person: "${person}"}], basedOn: ["${source}"], published: "2019", retrieved: "2020-02-01", language: "en"})`,
  },
  {
    name: 'updatePerson',
    title: 'updatePerson of all that they are',
    least: 'EDITOR',
    order: ({ person, revision }) =>
      `updatePerson(id: "${person}", set: {name: "Xe", aliases: [{name: "Newer", kind: NICKNAME}], description: "A singer of songs", adult: true}, expectedRevision: ${revision + 1})`,
  },
  {
    name: 'mergePeople',
    title: 'mergePeople as previewed',
    least: 'EDITOR',
    order: ({ person, keeper, revision }) =>
      `mergePeople(keep: "${person}", from: "${keeper}", expectedRevision: ${revision + 1})`,
  },
];

/** Asks as the viewer for the takedown that `decideTakedown` decides. */
export const askedDown = ({ person }: Somebody): string =>
  `mutation { requestTakedown(person: "${person}", reason: "It is about me.", key: "${person}") { __typename } }`;

export const mutations = createSchema().getMutationType()?.getFields() ?? {};
export const ORDERS = [
  ...Object.entries({ ...MUTATIONS, ...OF_NOBODY }).map(([name, row]) => ({ name, title: name, ...row })),
  ...HIGHER,
  ...FORMS,
];
export type Order = (typeof ORDERS)[number];

/** What an order is given, as variables. */
export function given(order: Order, of: Somebody): Record<string, unknown> {
  const [definition] = parse(`mutation { ${order.order(of, 'PUBLIC')} { __typename } }`).definitions;
  const field = definition?.kind === 'OperationDefinition' ? definition.selectionSet.selections[0] : undefined;
  const args = field?.kind === 'Field' ? (field.arguments ?? []) : [];
  return Object.fromEntries(args.map((arg) => [arg.name.value, valueFromASTUntyped(arg.value)]));
}

export const argsOf = ({ name }: Order) => mutations[name]?.args ?? [];

export function documentOf(order: Order): string {
  const { head, passed } = byVariables(argsOf(order));
  return `mutation ${head} { ${order.name}${passed} { ${PAYLOADS[order.name] ?? 'change { id }'} } }`;
}

/** The least role that may give an order, and sees those who are PRIVATE. */
export const roleFor = ({ least }: Row): Role => (ROLES.indexOf(least) > ROLES.indexOf('EDITOR') ? least : 'EDITOR');
/** Only somebody REMOVED is purged. */
export const stateFor = ({ name }: Order): State => (name === 'purgePerson' ? 'REMOVED' : 'PUBLIC');
