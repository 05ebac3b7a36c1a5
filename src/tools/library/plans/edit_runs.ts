import type { HandleKind } from '../../handles.ts';
import type { Named } from '../objects.ts';
import type { Titled } from './titles.ts';

export type EditedField = 'title' | 'category' | 'external_id';

/** A collection. */
export type Place = Named & Pick<Titled, 'apart'>;

/** One asset and what changes on it. */
export interface EditedAsset extends Titled {
  readonly id: string;
  readonly title: string;
  /** New values; `''` clears. */
  readonly fields: Readonly<Partial<Record<EditedField, string>>>;
  readonly old: Readonly<Partial<Record<EditedField, string>>>;
  readonly add: readonly Place[];
  readonly remove: readonly Place[];
  /** The task that changed it, where that is not edit_assets. */
  readonly by?: string;
}

/** What one call changed, with what was before. */
export const EDIT_RUNS: HandleKind<readonly EditedAsset[]> = {
  prefix: 'run',
  noun: 'what a call changed of titles, categories and places',
  argument: 'undo',
  renew: 'edit_assets takes the handle of its own answer, for a day. Else set the old values of the plan.',
};
