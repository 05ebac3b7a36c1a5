import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { flag, page, paged, perPage, text, uuid, uuids } from '../params.ts';

const storageId = uuid('Storage id.');

export const storageAnswer = {
  id: text,
  name: text,
  description: text,
  method: text,
  purpose: text,
  status: text,
  status_message: text,
  default: flag,
  last_scanned: text,
  scanner_status: text,
  version: text,

  // Settings also hold keys and passwords: only these fields are returned.
  settings: z
    .object({
      bucket: text,
      bucket_name: text,
      container: text,
      region: text,
      path: text,
      endpoint: text,
      mount_point: text,
      hostname: text,
    })
    .optional(),
};

export const storages = toolset({
  name: 'storages',
  description: 'Storages: the buckets and volumes that hold files.',
  tools: {
    get_storage: operation({
      title: 'Get a storage',
      description:
        'Read one storage: method (S3, GCS, FILE …), purpose, status, location (bucket, path). Keys and passwords are left out. To find storages use get_storages.',
      effect: 'read',
      roles: ['can_read_storages'],
      route: 'GET /files/v1/storages/{storage_id}/',
      input: { storage_id: storageId },
      output: storageAnswer,
    }),

    get_storages: operation({
      title: 'List storages',
      description:
        'List all or some storages with method, purpose, status and location. Keys and passwords are left out. The default storage of a purpose has default: true.',
      effect: 'read',
      roles: ['can_read_storages'],
      route: 'GET /files/v1/storages/',
      input: {
        query: z.string().optional().describe('Text in any field, e.g. *archive*.'),
        name: z.string().optional().describe('Exact name.'),
        purpose: z.string().optional().describe('KEYFRAMES, FILES, PROXIES, EXPORTS, ARCHIVE or FACES.'),
        method: z.string().optional().describe('FILE, HTTP, FTP, SFTP, S3, B2, GCS, PORTAL, CUSTOM or AZURE.'),
        status: z.string().optional().describe('ACTIVE, INACTIVE or FAILING.'),
        scanner_status: z.string().optional().describe('State of the scanner.'),
        last_scanned: z.string().optional().describe('ISO 8601 date.'),
        id: storageId.optional(),
        ids: uuids('Storage ids.').optional(),
        sort: z.string().optional().describe('e.g. status,asc;last_scanned,desc.'),
        page,
        per_page: perPage(10, 100),
      },
      output: paged(z.looseObject(storageAnswer)),
    }),
  },
});
