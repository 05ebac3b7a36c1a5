import type { Row, World } from '../../types.ts';
import { ids } from './ids.ts';
import { jobRow } from './jobs.ts';

interface Spec {
  /** Id of the job, which is that of the proposal. */
  readonly id: string;
  readonly asset: string;
  readonly version: unknown;
  readonly values: Readonly<Record<string, readonly unknown[]>>;
  readonly date: string;
}

/** Adds what Iconik's AI proposes for the view "Editorial", and its job, which waits for a person. */
export function addProposal(world: World, { id, asset, version, values, date }: Spec): void {
  const dates = { date_created: date, date_modified: date };
  const metadata_values: Row = Object.fromEntries(
    Object.entries(values).map(([name, list]) => [name, { field_values: list.map((value) => ({ value })) }]),
  );
  world.proposals.push({
    id,
    asset_id: asset,
    version_id: version,
    metadata_view_id: ids.editorialView,
    status: 'PENDING_USER',
    metadata_values,
    ...dates,
  });
  world.jobs.push(
    jobRow(asset, {
      id,
      title: 'Metadata_filling',
      type: 'METADATA_FILLING',
      status: 'PENDING_USER',
      progress: 100,
      progress_processed: 1,
      progress_total: 1,
      started_at: date,
      ...dates,
    }),
  );
}
