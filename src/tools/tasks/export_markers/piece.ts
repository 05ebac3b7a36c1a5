/** A range of an asset, in milliseconds from its first frame; to its end where none is given. */
export interface Piece {
  readonly asset_id: string;
  readonly version_id?: string | undefined;
  readonly start: number;
  readonly end?: number | undefined;
  readonly name?: string | undefined;
  /** Id of the sub-clip that it is. */
  readonly subclip?: string;
  /** What names it, or a list that it is in, in another call. */
  readonly again: string;
}

export interface Pieces {
  readonly pieces: readonly Piece[];
  /** What is no range, with the reason. */
  readonly leftOut: readonly string[];
  /** How it was understood. */
  readonly notes: readonly string[];
}
