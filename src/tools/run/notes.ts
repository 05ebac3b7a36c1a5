/** Sentences that several tasks put into `notes`. */

export const outOfTime = (remaining: number): string =>
  `Ran out of time with ${remaining} remaining. Call again without confirm to continue; finished items are skipped.`;

export const showing = (shown: number, total: number): string => `Showing ${shown} of ${total}.`;
