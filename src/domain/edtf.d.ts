/** The part of edtf 4 that we use; the package ships no types. */
declare module 'edtf' {
  export interface ParsedDate {
    /** Year, month (0 to 11), day: as many as the text says. */
    values: number[];
    /** A bit mask of the digits written as X; a decade is 8, a century 12. */
    unspecified?: number;
    approximate?: boolean;
    uncertain?: boolean;
  }

  /** Throws an `Error` for what is none of `types`. */
  export function parse(text: string, constraints: { level: 0 | 1; types: ['Date'] }): ParsedDate;
}
