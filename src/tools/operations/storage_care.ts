import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { flag, integer, lastId, paged, perPage, strings, text, uuid, uuids } from '../params.ts';
import { startedAnswer } from './jobs.ts';

const storageId = uuid('Storage id, from get_storages.');

/** What keeps storages going: gateways, scans, and the places that media is delivered to. */
export const storageCare = toolset({
  name: 'storage_care',
  description: 'Gateways, scans and export locations.',
  tools: {
    get_gateway_report: operation({
      title: 'Get the report of a storage gateway',
      description:
        'Whether the gateway of a storage on premises is up (LIVE, OFFLINE …), when it last reported, how many files it scanned, and its last log lines and errors. Storages in the cloud have none.',
      effect: 'read',
      listed: 'chosen',
      roles: [],
      route: 'GET /files/v1/storages/{storage_id}/gateway/report/',
      input: { storage_id: storageId },
      output: {
        storage_id: text,
        status: text,
        start_status: text,
        start_status_message: text,
        start_last_date: text,
        date_reported: text,
        host_name: text,
        host_info: text,
        version: text,
        total_files_number: integer,
        total_folders_number: integer,
        scanned_files_number: integer,
        skipped_files_number: integer,
        ingesting_files_number: integer,
        ingested_files_number: integer,
        faulty_files_number: integer,
        missing_files_number: integer,
        waiting_transcode_jobs_number: integer,
        last_scan_time: integer,
        log_lines: strings,
        error_log_lines: strings,
      },
    }),

    create_storage_scan: operation({
      title: 'Scan a storage',
      description:
        'Let Iconik look through a storage, or some folders of it, for new and missing files; runs as a job in the background. list_storage_files shows what it found.',
      effect: 'create',
      listed: 'chosen',
      roles: ['can_scan_bucket'],
      route: 'POST /files/v1/storages/{storage_id}/scan/',
      input: {
        storage_id: storageId,
        paths: z.array(z.string()).optional().describe('Only these folders, e.g. incoming/a002. Default all.'),
        files: z.array(z.string()).optional().describe('Only files with these names.'),
        ignore_already_active: z.boolean().optional().describe('Pass over files that are known and active.'),
      },
      output: startedAnswer,
    }),

    list_export_locations: operation({
      title: 'List export locations',
      description:
        'List the places that media can be delivered to, and what each takes: original, proxy, metadata, transcripts. create_export delivers to one.',
      effect: 'read',
      listed: 'chosen',
      roles: ['can_read_export_locations'],
      route: 'GET /files/v1/export_locations/',
      input: {
        query: z.string().optional().describe('Part of the name, e.g. playout.'),
        ids: uuids('Only these.').optional(),
        sort: z.string().optional().describe('e.g. name,asc.'),
        per_page: perPage(10, 1000),
        last_id: lastId('export location'),
      },
      output: paged(
        z.looseObject({
          id: text,
          name: text,
          description: text,
          storage_id: text,
          path: text,
          export_original: flag,
          export_proxy: flag,
          export_posters: flag,
          export_metadata: flag,
          export_transcriptions: flag,
          export_to_asset_folder: flag,
          metadata_format: text,
          metadata_view: text,
        }),
      ),
    }),
  },
});
