import { z } from 'zod';

/** What every text is that anybody gives: characters that can be kept, found again and shown, and not too many of them. */

/** How a text may be. */
export interface TextForm {
  /** ONE: a name or another word on one line. MANY: line breaks and tabs may be in it. */
  lines: 'ONE' | 'MANY';
  /** The most UTF-16 code units, without the spaces around it. */
  max: number;
}

export interface TextFault {
  rule: 'TEXT' | 'TEXT_LENGTH';
  message: string;
}

/** Control characters and line breaks of any kind. */
const BROKEN = /[\p{Cc}\p{Zl}\p{Zp}]/u;
/** Control characters of ASCII but for line breaks and tabs. */
const CONTROL = /[^\P{ASCII}\P{Cc}\t\n\r]/u;

/** Signs that are read: spaces and what only joins or marks others say nothing alone. */
const SEEN = /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u;
/** What has a word shown the other way round, so that it reads as another one. */
const TURNED = /[\u202D\u202E]/u;

/** Why a text can't be taken: rule TEXT for its characters, TEXT_LENGTH for how many they are; null where it can. */
export function textFault(text: string, { lines, max }: TextForm): TextFault | null {
  const length = text.trim().length;
  if (length > max) return { rule: 'TEXT_LENGTH', message: `takes at most ${max} characters, not ${length}` };
  if (!text.isWellFormed()) return { rule: 'TEXT', message: 'holds half a character (a lone surrogate)' };
  if (lines === 'ONE' && BROKEN.test(text.trim()))
    return { rule: 'TEXT', message: 'is one line, without control characters' };
  if (lines === 'ONE' && TURNED.test(text))
    return { rule: 'TEXT', message: 'holds a sign that turns the direction of what follows' };
  if (CONTROL.test(text)) return { rule: 'TEXT', message: 'holds a control character that is no line break or tab' };
  return null;
}

/** One line of at most `max` UTF-16 code units and one at least, without the spaces around it. */
export const line = (max: number) => taken(z.string().trim(), { lines: 'ONE', max }, 1);

/** A text on one line: white space with a line break or tab in it is one space. */
export function onOneLine(text: string): string {
  return text.replace(/[\s\u0085]+/gu, (space) => (BROKEN.test(space) ? ' ' : space));
}

/** A text of several lines, likewise. */
export const prose = (max: number) => taken(z.string().trim(), { lines: 'MANY', max }, 1);

/** A text of several lines as it stands, which may be empty: offsets count in it. */
export const verbatim = (max: number) => taken(z.string(), { lines: 'MANY', max }, 0);

/** A word that is written in one way, which a refusal tells. */
export const written = (fits: (text: string) => boolean, saying: string) =>
  z.string().refine(fits, { error: `is ${saying}` });

function taken(schema: z.ZodString, form: TextForm, min: number): z.ZodString {
  return schema.superRefine((text, context) => {
    const empty: TextFault | null =
      min > 0 && !SEEN.test(text)
        ? { rule: 'TEXT_LENGTH', message: 'says nothing: it takes one character that is seen' }
        : null;
    const fault = empty ?? textFault(text, form);
    if (fault) context.addIssue({ code: 'custom', message: fault.message, params: { rule: fault.rule } });
  });
}
