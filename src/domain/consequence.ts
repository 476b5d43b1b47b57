import type { FieldState, Hint, HintKind } from './hint.js';

const LEAD: Record<HintKind, string> = {
  NEW: 'Nothing like it is accepted yet.',
  SAME: 'Another source for what is accepted.',
  AGREES: 'Less precise than what is accepted, which stays; this stands beside it.',
  MORE_PRECISE: 'More precise than what is accepted, which stays beside it.',
  CONFLICTS: 'It can not be true with what is accepted.',
};

const STANDINGS = ['REJECTED', 'PROPOSED', 'RUMOURED', 'REPORTED', 'CONFIRMED'];

/** In a few English sentences what accepting a claim would do, dates in EDTF and standings in capitals. Pure. */
export function consequenceOf({ kind, before, after, opens, truncated, sources }: Hint): string {
  const said = [
    LEAD[kind],
    opens > 0 && `Opens ${opens === 1 ? 'a contradiction' : `${opens} contradictions`}.`,
    truncated && 'More depends on it than was looked at: it may open more.',
    shows(before, after),
    !before.contested && after.contested && 'The field becomes contested.',
    before.standing !== after.standing && `Standing becomes ${STANDINGS[after.standing + 1]}.`,
    kind === 'SAME' && `${sources} independent ${sources === 1 ? 'source says' : 'sources say'} so then.`,
  ];
  return said.filter((sentence) => sentence !== false && sentence !== null).join(' ');
}

function shows({ date: was }: FieldState, { date: is }: FieldState): string | null {
  if (was?.edtf === is?.edtf) return is ? `The date stays ${is.edtf}.` : null;
  if (!is) return 'No date shows any more.';
  return was ? `The date becomes ${is.edtf}, and was ${was.edtf}.` : `The date becomes ${is.edtf}.`;
}
