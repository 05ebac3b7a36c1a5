import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { ToolError } from '../errors.ts';
import { assetId, dateTime, text, uuid, uuids } from '../params.ts';
import type { Context } from '../types.ts';
import { assets, versionAnswer } from './assets.ts';

const progress = ['N/A', 'REQUESTED', 'IN_PROGRESS', 'FAILED', 'DONE'] as const;

const place = { asset_id: assetId, version_id: uuid('Version id.') };

const written = {
  status: z.enum(['ACTIVE', 'IN_PROGRESS', 'FAILED', 'DELETING', 'DELETED']).optional().describe('Its state.'),
  is_online: z.boolean().optional().describe('Media online.'),
  archive_status: z
    .enum(['NOT_ARCHIVED', 'ARCHIVING', 'FAILED_TO_ARCHIVE', 'ARCHIVED'])
    .optional()
    .describe('Archiving.'),
  analyze_status: z.enum(progress).optional().describe('Analysis.'),
  transcribe_status: z.enum(progress).optional().describe('Transcript.'),
  face_recognition_status: z.enum(progress).optional().describe('Faces.'),
  has_unconfirmed_persons: z.boolean().optional().describe('Faces to confirm.'),
  person_ids: uuids('People seen.').optional(),
  transcribed_languages: z.array(z.string()).optional().describe('e.g. en.'),
  version_number: z.int().optional().describe('From 1.'),
  created_by_user: uuid('Made by.').optional(),
  date_created: dateTime('Created.').optional(),
};

type Version = { readonly [key: string]: unknown; readonly id?: string | undefined };

/** One version, or the list of all of them: Iconik's description and its clients differ (`…/versions/{version_id}/`). */
function oneVersion(body: unknown, { version_id }: { readonly version_id: string }): unknown {
  const { versions } = (body ?? {}) as { readonly versions?: readonly Version[] };
  if (!Array.isArray(versions)) return body;
  return versions.find(({ id }) => id === version_id) ?? { id: version_id };
}

/** The versions of an asset, and the latest: the highest number, or the last where numbers are missing. */
async function versionsOf(asset_id: string, { use }: Context) {
  const { title, versions: all = [] } = await use(assets.tools.get_asset, { asset_id });
  const versions = all.filter(({ status }) => status !== 'DELETED' && status !== 'DELETING');
  const number = (version: (typeof versions)[number]) => Number(version.version_number ?? 0);
  const latest = versions.reduce<(typeof versions)[number] | undefined>(
    (best, version) => (best === undefined || number(version) >= number(best) ? version : best),
    undefined,
  );
  return { name: title ? `"${title}"` : asset_id, versions, latest };
}

const SHOWN = ['id', 'version_number', 'status', 'is_online', 'archive_status', 'created_by_user', 'date_created'];

const shown = (version: Version): Record<string, unknown> =>
  Object.fromEntries(
    SHOWN.map((name) => [name, version[name] ?? undefined]).filter(([, value]) => value !== undefined),
  );

const called = ({ id, version_number }: Version): string =>
  version_number === undefined ? `version ${id}` : `version ${version_number} (${id})`;

export const versions = toolset({
  name: 'versions',
  description: 'Versions of an asset: describe, promote and delete them.',
  tools: {
    update_version: operation({
      title: 'Replace a version',
      description:
        "Write all fields of one version of an asset anew and return it; fields left out may be reset. To change single fields use partial_update_version. An asset's versions are in get_asset.",
      effect: 'update',
      roles: ['can_write_versions'],
      route: 'PUT /assets/v1/assets/{asset_id}/versions/{version_id}/',
      input: { ...place, ...written },
      output: versionAnswer,
      shape: oneVersion,
    }),

    partial_update_version: operation({
      title: 'Change a version',
      description:
        'Change single fields of one version of an asset; the others stay. Returns the version. To make it the latest use promote_version.',
      effect: 'update',
      roles: ['can_write_versions'],
      route: 'PATCH /assets/v1/assets/{asset_id}/versions/{version_id}/',
      input: { ...place, ...written },
      output: versionAnswer,
      shape: oneVersion,
    }),

    promote_version: operation({
      title: 'Promote a version',
      description:
        'Make an older version of an asset the latest. Iconik finishes in the background and adds it as a new latest version: read get_asset until its versions have changed.',
      prefer: ['set_current_version', 'With a plan, and waiting until it is so'],
      effect: 'update',
      idempotent: false,
      roles: ['can_write_versions'],
      route: 'PUT /assets/v1/assets/{asset_id}/versions/{version_id}/promote/',
      input: place,
      output: { asset_id: text, version_id: text, status: text, note: text },
      shape: (_, { asset_id, version_id }) => ({
        asset_id,
        version_id,
        status: 'started',
        note: 'Iconik finishes in the background; the promoted version becomes the latest as a new version. Read get_asset until its versions have changed before deleting old ones.',
      }),
    }),

    delete_version: operation({
      title: 'Delete a version',
      description:
        'Delete one version of an asset. Default: soft, marked as deleted; with hard_delete it is removed for good. The first call only shows what would go. For all but the latest use delete_old_versions.',
      effect: 'delete',
      roles: ['can_delete_versions'],
      route: 'DELETE /assets/v1/assets/{asset_id}/versions/{version_id}/',
      input: {
        ...place,
        hard_delete: z.boolean().optional().describe('true: remove it for good. Default false.'),
      },
      output: { asset_id: text, version_id: text },
      preview: async ({ asset_id, version_id, hard_delete }, context) => {
        const { name, versions, latest } = await versionsOf(asset_id, context);
        const version = versions.find(({ id }) => id === version_id);
        if (!version) {
          const known = versions.map(called).join(', ') || 'none';
          throw new ToolError(`The asset ${name} has no version ${version_id}. Its versions: ${known}.`);
        }
        const which = version !== latest ? '' : versions.length > 1 ? ', its latest,' : ', its only one,';
        const how = hard_delete
          ? 'is removed for good; this can not be undone'
          : 'is marked as deleted (soft delete), not removed for good';
        const summary = `Of the asset ${name}, ${called(version)}${which} ${how}.`;
        return { preview: { summary, affected: [shown(version)] }, plan: undefined };
      },
      shape: (_, { asset_id, version_id }) => ({ asset_id, version_id }),
    }),

    delete_old_versions: operation({
      title: 'Delete all old versions',
      description:
        'Delete every version of an asset except the latest. The first call only shows which would go and which stays. For one version use delete_version.',
      prefer: ['set_current_version', 'Right after promoting one'],
      effect: 'delete',
      roles: ['can_delete_versions'],
      route: 'DELETE /assets/v1/assets/{asset_id}/versions/old/',
      input: { asset_id: assetId },
      output: { asset_id: text },
      preview: async ({ asset_id }, context) => {
        const { name, versions, latest } = await versionsOf(asset_id, context);
        const old = versions.filter((version) => version !== latest);
        const stays = latest ? `${called(latest)} stays` : 'Iconik shows no version of it';
        const summary =
          old.length === 0
            ? `Nothing would go: the asset ${name} has no old versions; ${stays}.`
            : `Of the asset ${name}, ${old.length} old ${old.length === 1 ? 'version goes' : 'versions go'} and ${stays}. Take it as final: Iconik does not say that it can be undone.`;
        return { preview: { summary, affected: old.map(shown) }, plan: undefined };
      },
      shape: (_, { asset_id }) => ({ asset_id }),
    }),
  },
});
