import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

function textOf(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw new GraphQLError(`${name} is written as a text.`);
}

/** Texts as they are: what they mean is read where they are used, so that a refusal can name the argument. */
function textScalar(name: string, specifiedByURL: string, description: string): GraphQLScalarType<string, string> {
  return new GraphQLScalarType({
    name,
    description,
    specifiedByURL,
    serialize: (value) => textOf(name, value),
    parseValue: (value) => textOf(name, value),
    parseLiteral: (node) => textOf(name, node.kind === Kind.STRING ? node.value : null),
  });
}

export const EDTF = textScalar(
  'EDTF',
  'https://www.loc.gov/standards/datetime/',
  'A day, month, year, decade or range in the Extended Date/Time Format (ISO 8601-2): `2014`, `2014-05`, `2014-05-24`, `201X`, ' +
    '`2014~` (about), `2014?` (unsure), `[2014-05-01..2014-05-20]` (some time between), `[..2014-05]`, `[2012..]`. As an argument ' +
    'also a span of days: `2012/2014`, `../2014`. Any other text is INVALID_INPUT, rule EDTF.',
);

export const DateTime = textScalar(
  'DateTime',
  'https://www.rfc-editor.org/rfc/rfc3339',
  'A moment in UTC as RFC 3339 writes it: `2026-11-25T10:30:00.000Z`.',
);
