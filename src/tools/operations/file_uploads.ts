import * as z from 'zod';
import { operation, task, toolset } from '../define.ts';
import { assetId, listOf, text } from '../params.ts';
import { fileId } from './file_lists.ts';
import { uploadAnswer } from './files.ts';
import {
  completeAnswer,
  completion,
  fromPart,
  part,
  partsAnswer,
  partsNum,
  partUrls,
  startAnswer,
  startUpload,
  uploadId,
} from './upload_steps.ts';

const filePath = { asset_id: assetId, file_id: fileId };
const WORDS = { noun: 'file', parts: 'get_file_part_urls', update: 'update_asset_file' } as const;
const own = { upload_id: uploadId('get_upload_id_for_file') };

const get_file_upload = operation({
  title: 'Get the upload of a file',
  description: 'Where to send the bytes of a file.',
  effect: 'read',
  listed: false,
  roles: ['can_read_files'],
  route: 'GET /files/v1/assets/{asset_id}/files/{file_id}/',
  input: filePath,
  output: { status: text, storage_method: text, ...uploadAnswer },
});

/** As for proxies: `parts_num` is a count, and the parts come page by page. */
const list_file_part_urls = operation({
  title: 'Get a page of part URLs of a file',
  description: 'One page of the signed URLs of an S3 multipart upload.',
  effect: 'read',
  listed: false,
  roles: ['can_write_files'],
  route: 'GET /files/v1/assets/{asset_id}/files/{file_id}/multipart_url/part/',
  input: {
    ...filePath,
    ...own,
    parts_num: partsNum,
    per_page: z.int().min(1).optional(),
    page: z.int().min(1).optional(),
  },
  output: { objects: listOf(part) },
});

const get_file_complete_urls = operation({
  title: 'Get the URLs that end the upload of a file',
  description: 'The signed URL that completes an S3 multipart upload, or aborts it.',
  effect: 'read',
  listed: false,
  roles: ['can_write_files'],
  route: 'GET /files/v1/assets/{asset_id}/files/{file_id}/multipart_url/',
  input: { ...filePath, ...own, ...completion },
  output: completeAnswer,
});

/** Who has the addresses that these tools answer can write to the storage: they count as writing. */
export const fileUploads = toolset({
  name: 'file_uploads',
  description: 'Upload files, such as originals, to their storage.',
  tools: {
    get_upload_id_for_file: task({
      title: 'Start the upload of a file',
      description:
        'Start the upload of a file, e.g. an original made with create_asset_file, to its storage. S3: returns upload_id for get_file_part_urls. GCS: returns session_url to PUT the bytes to. Each call starts a new upload.',
      effect: 'create',
      listed: 'chosen',
      roles: ['can_read_files'],
      input: filePath,
      output: startAnswer,
      run: async (args, { use, transfer }) => startUpload(await use(get_file_upload, args), WORDS, transfer),
    }),

    get_file_part_urls: task({
      title: 'Get the part URLs of a file',
      description:
        'Get the signed URLs of all parts of an S3 upload of a file: PUT part n to the URL with number n, without Iconik headers, and keep the ETags. parts_num is how many parts there are. Then call get_file_complete_url.',
      effect: 'create',
      idempotent: true,
      listed: 'chosen',
      roles: ['can_write_files'],
      input: { ...filePath, ...own, parts_num: partsNum, from_part: fromPart },
      output: partsAnswer,
      run: ({ from_part, ...args }, { use }) =>
        partUrls((paging) => use(list_file_part_urls, { ...args, ...paging }), args.parts_num, from_part),
    }),

    get_file_complete_url: task({
      title: 'Get the complete URL of a file',
      description:
        "Get the signed URL that completes an S3 upload of a file: POST S3's CompleteMultipartUpload XML (part numbers and ETags) to it, without Iconik headers. Then call update_asset_file with status CLOSED.",
      effect: 'create',
      idempotent: true,
      listed: 'chosen',
      roles: ['can_write_files'],
      input: { ...filePath, ...own, ...completion },
      output: completeAnswer,
      run: (args, { use }) => use(get_file_complete_urls, args),
    }),

    get_file_upload,
    list_file_part_urls,
    get_file_complete_urls,
  },
});
