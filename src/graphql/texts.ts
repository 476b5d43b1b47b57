import {
  defaultFieldResolver,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isObjectType,
  isScalarType,
} from 'graphql';
import { LONGEST_NOTE } from '../domain/records.js';
import { type TextForm, textFault } from '../domain/text.js';
import { invalid } from '../errors.js';

/** Every text that comes in is checked here, before anything runs: its characters, and in orders its length. */

const one = (max: number): TextForm => ({ lines: 'ONE', max });
const many = (max: number): TextForm => ({ lines: 'MANY', max });
const ANY_LENGTH = Number.POSITIVE_INFINITY;

interface Limits extends TextForm {
  /** What too long a text breaks, where it has a rule of its own. */
  rule?: string;
}

/** The longest name of a record, id or slug, and of what is written as a date. */
const FORM_OF_SCALAR: Record<string, Limits> = {
  String: one(200),
  ID: one(100),
  EDTF: one(200),
  DateTime: one(100),
};

/** Texts of orders that are not as their scalar's: by argument, or by input type and field. */
const FORM_OF: Record<string, Limits> = {
  note: many(LONGEST_NOTE),
  reason: many(2_000),
  contact: many(300),
  'requestTakedown.person': one(200),
  key: { ...one(200), rule: 'KEY' },
  spellings: { ...one(200), rule: 'SPELLINGS' },
  'PersonPatch.description': many(500),
  'PersonInput.description': many(500),
  'ArticlePatch.title': one(500),
  'ArticleInput.title': one(500),
  'ArticlePatch.url': one(2_000),
  'ArticleInput.url': one(2_000),
  'ArticlePatch.text': many(5_000_000),
  'ArticleInput.text': many(5_000_000),
  'MentionInput.surface': many(200),
  'CitationInput.quote': many(5_000),
  'DecisionInput.note': many(LONGEST_NOTE),
};

/** Checks a value that was given at a path. Throws INVALID_INPUT, rules TEXT and TEXT_LENGTH. */
type Check = (value: unknown, path: string) => void;

/**
 * A text that holds half a surrogate pair, or a control character, is kept otherwise than it is recorded, and one without an end is a
 * burden: no field of the schema takes them. A question's texts may be of any length, for what is too long finds nothing.
 */
export function checkTexts(schema: GraphQLSchema): GraphQLSchema {
  const orders = schema.getMutationType();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) checkField(field, type === orders);
  }
  return schema;
}

function checkField(field: GraphQLField<unknown, unknown>, isOrder: boolean): void {
  const checks = field.args.flatMap((arg): [string, Check][] => {
    const form = isOrder ? (FORM_OF[`${field.name}.${arg.name}`] ?? FORM_OF[arg.name]) : many(ANY_LENGTH);
    const check = checkOf(arg, form, isOrder);
    return check ? [[arg.name, check]] : [];
  });
  if (checks.length === 0) return;
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (root, args, context, info) => {
    for (const [name, check] of checks) check(args[name], name);
    return resolve(root, args, context, info);
  };
}

/** Null for what holds no text. */
function checkOf({ type }: GraphQLArgument | GraphQLInputField, own: Limits | undefined, isOrder: boolean) {
  return nullSafe(checkOfType(type, own, isOrder));
}

function checkOfType(type: GraphQLInputType, own: Limits | undefined, isOrder: boolean): Check | null {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const item = nullSafe(checkOfType(nullable.ofType, own, isOrder));
    return (
      item &&
      ((list, path) => {
        for (const [at, value] of (list as unknown[]).entries()) item(value, `${path}[${at}]`);
      })
    );
  }
  const named = getNamedType(nullable);
  if (isScalarType(named)) {
    const form = own ?? FORM_OF_SCALAR[named.name];
    return FORM_OF_SCALAR[named.name] && form ? checkAs(form) : null;
  }
  if (!isInputObjectType(named)) return null;
  const fields = Object.values(named.getFields()).flatMap((field): [string, Check][] => {
    const form = isOrder ? FORM_OF[`${named.name}.${field.name}`] : many(ANY_LENGTH);
    const check = checkOf(field, form, isOrder);
    return check ? [[field.name, check]] : [];
  });
  if (fields.length === 0) return null;
  return (value, path) => {
    for (const [name, check] of fields) check((value as Record<string, unknown>)[name], `${path}.${name}`);
  };
}

const nullSafe = (check: Check | null): Check | null =>
  check &&
  ((value, path) => {
    if (value !== null && value !== undefined) check(value, path);
  });

const checkAs =
  (form: Limits): Check =>
  (text, path) => {
    const fault = textFault(String(text), form);
    if (fault === null) return;
    const rule = fault.rule === 'TEXT_LENGTH' ? (form.rule ?? fault.rule) : fault.rule;
    throw invalid(path, rule, `${path} ${fault.message}.`);
  };
