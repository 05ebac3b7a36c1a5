/** What one check came to. */
export interface Finding {
  /** What was checked, as a person knows it. */
  readonly check: string;
  /** `undefined`: it could not be checked. */
  readonly ok: boolean | undefined;
  /** One sentence on what was found. */
  readonly found: string;
  /** What to do where it is not ok. */
  readonly advice?: string;
}

export interface Examination {
  readonly findings: readonly Finding[];
  /** Nothing is wrong. */
  readonly ok: boolean;
}
