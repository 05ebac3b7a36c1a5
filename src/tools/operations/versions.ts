import * as z from 'zod';
import { plural } from '../../text/english.ts';
import { inQuotes } from '../../text/quote.ts';
import { operation, toolset } from '../define.ts';
import { ToolError } from '../errors.ts';
import {
  archiveStatus,
  assetId,
  dateTime,
  progressStatus,
  strings,
  text,
  uuid,
  uuids,
  versionPath,
} from '../params.ts';
import { createReport } from '../run/report.ts';
import type { Context, Preview } from '../types.ts';
import { assets, versionAnswer } from './assets.ts';
import { countSegments, detailsOf } from './segment_counts.ts';
import { users } from './users.ts';
import { sortedVersions, type Version, versionLine } from './version_list.ts';

const written = {
  status: z.enum(['ACTIVE', 'IN_PROGRESS', 'FAILED', 'DELETING', 'DELETED']).optional().describe('State.'),
  is_online: z.boolean().optional().describe('Media are online.'),
  archive_status: archiveStatus.optional().describe('Archive state.'),
  analyze_status: progressStatus.optional().describe('Analysis state.'),
  transcribe_status: progressStatus.optional().describe('Transcription state.'),
  face_recognition_status: progressStatus.optional().describe('Face recognition state.'),
  has_unconfirmed_persons: z.boolean().optional().describe('Faces await confirmation.'),
  person_ids: uuids('People seen in it.').optional(),
  transcribed_languages: z.array(z.string()).optional().describe('Languages, e.g. en.'),
  version_number: z.int().optional().describe('From 1.'),
  created_by_user: uuid('Author.').optional(),
  date_created: dateTime('Date of creation.').optional(),
};

interface VersionPath {
  readonly asset_id: string;
  readonly version_id: string;
}

/** Iconik's description promises one version, its clients read a list of all of them (`…/versions/{version_id}/`). */
function oneVersion(body: unknown, { version_id }: VersionPath): unknown {
  const { versions } = (body ?? {}) as { readonly versions?: readonly { readonly id?: string }[] };
  if (!Array.isArray(versions)) return body;
  return versions.find(({ id }) => id === version_id) ?? { id: version_id };
}

/** The versions of an asset that can be deleted, and lines for a preview: `v2 · 2025-05-20 · Maria Almeida · comments: none`. */
async function versionsOf(asset_id: string, context: Context) {
  const asset = await context.use(assets.tools.get_asset, { asset_id });
  const { title } = asset;
  const { list, latest } = sortedVersions(asset);
  const linesOf = async (some: readonly Version[]): Promise<string[]> => {
    const report = createReport(context);
    const [authors, counts] = await Promise.all([
      authorsOf(some, context),
      some.length > 0 ? report.part('comments', countSegments(context, asset_id)) : undefined,
    ]);
    return some.map((version) =>
      versionLine(version, { latest, author: authors.get(version.by ?? '') }, ...detailsOf(counts, version.id)),
    );
  };
  return { title: title ? inQuotes(title) : asset_id, list, latest, linesOf };
}

/** Names by user id; empty if they cannot be read: a preview is complete without them. */
async function authorsOf(list: readonly Version[], { use, signal }: Context): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(list.flatMap(({ by }) => by ?? []))];
  if (ids.length === 0) return new Map();
  try {
    const { objects } = await use(users.tools.get_users_basic, { ids });
    return new Map(
      objects.map(({ id = '', first_name, last_name }) => [id, [first_name, last_name].filter(Boolean).join(' ')]),
    );
  } catch (error) {
    if (signal.aborted) throw error;
    return new Map();
  }
}

/** What deleting one version of an asset takes away. */
async function deletionOf(
  { asset_id, version_id, hard_delete }: VersionPath & { readonly hard_delete?: boolean | undefined },
  context: Context,
): Promise<Preview> {
  const { title, list, latest, linesOf } = await versionsOf(asset_id, context);
  const version = list.find(({ id }) => id === version_id);
  if (!version) {
    const known = list.map(({ name, id }) => `${name} (${id})`).join(', ') || 'none';
    throw new ToolError(`version_id: ${title} has no version ${version_id}. Its versions: ${known}.`);
  }
  const role = version !== latest ? '' : list.length > 1 ? ', the current version,' : ', the only version,';
  const summary = hard_delete
    ? `Removes ${version.name} of ${title}${role} for good. This cannot be undone.`
    : `Marks ${version.name} of ${title}${role} as deleted (soft delete). It is not removed for good.`;
  return { summary, affected: await linesOf([version]) };
}

export const versions = toolset({
  name: 'versions',
  description: 'Versions of an asset: change, promote and delete them.',
  tools: {
    update_version: operation({
      title: 'Replace a version',
      description:
        'Replace all fields of one version of an asset and return it; fields left out may be reset. To change single fields use partial_update_version.',
      effect: 'update',
      roles: ['can_write_versions'],
      route: 'PUT /assets/v1/assets/{asset_id}/versions/{version_id}/',
      input: { ...versionPath, ...written },
      output: versionAnswer,
      deletion: deletionOf,
      shape: oneVersion,
    }),

    partial_update_version: operation({
      title: 'Change a version',
      description:
        'Change single fields of one version of an asset; the other fields keep their values. Returns the version. To make it the latest use promote_version.',
      effect: 'update',
      roles: ['can_write_versions'],
      route: 'PATCH /assets/v1/assets/{asset_id}/versions/{version_id}/',
      input: { ...versionPath, ...written },
      output: versionAnswer,
      deletion: deletionOf,
      shape: oneVersion,
    }),

    promote_version: operation({
      title: 'Promote a version',
      description:
        'Make an older version of an asset the latest. Iconik copies it in the background to a new latest version: call get_asset until the new version is listed.',
      prefer: ['set_current_version', 'To see a plan first and wait for the result'],
      effect: 'update',
      idempotent: false,
      roles: ['can_write_versions'],
      route: 'PUT /assets/v1/assets/{asset_id}/versions/{version_id}/promote/',
      input: versionPath,
      output: { asset_id: text, version_id: text, status: text, note: text },
      shape: (_, { asset_id, version_id }) => ({
        asset_id,
        version_id,
        status: 'started',
        note: 'Iconik finishes in the background; the promoted version becomes the latest as a new version. Before deleting old versions, call get_asset until the new version is listed.',
      }),
    }),

    delete_version: operation({
      title: 'Delete a version',
      description:
        'Delete one version of an asset: by default a soft delete, which marks it as deleted; with hard_delete it is removed for good. The first call only shows what will be deleted. To delete all but the latest use delete_old_versions.',
      effect: 'delete',
      roles: ['can_delete_versions'],
      route: 'DELETE /assets/v1/assets/{asset_id}/versions/{version_id}/',
      input: {
        ...versionPath,
        hard_delete: z.boolean().optional().describe('true: remove it for good, without undo. Default false.'),
      },
      output: { asset_id: text, version_id: text },
      preview: async (args, context) => ({ preview: await deletionOf(args, context), plan: undefined }),
      shape: (_, { asset_id, version_id }) => ({ asset_id, version_id }),
    }),

    delete_old_versions: operation({
      title: 'Delete all old versions',
      description:
        'Delete every version of an asset except the latest. The first call only shows which versions will be deleted and which one stays. To delete one version use delete_version.',
      prefer: ['set_current_version', 'To promote a version first'],
      effect: 'delete',
      roles: ['can_delete_versions'],
      route: 'DELETE /assets/v1/assets/{asset_id}/versions/old/',
      input: { asset_id: assetId },
      output: { asset_id: text, deleted: strings },
      preview: async ({ asset_id }, context) => {
        const { title, list, latest, linesOf } = await versionsOf(asset_id, context);
        const old = list.filter((version) => version !== latest);
        const stays = latest ? `${latest.name} (${latest.id}) stays` : 'Iconik lists no version of it';
        const summary =
          old.length === 0
            ? `Nothing to delete: ${title} has no old versions; ${stays}.`
            : `Deletes ${plural(old.length, 'old version')} of ${title}; ${stays}. Treat this as permanent: Iconik documents no undo.`;
        return { preview: { summary, affected: await linesOf(old) }, plan: old.map(({ name }) => name) };
      },
      shape: (_, { asset_id }, deleted) => ({ asset_id, deleted }),
    }),
  },
});
