import * as z from 'zod';
import { isWebAddress, WEB_ADDRESS } from '../text/web_address.ts';

/** Arguments and answer fields that many tools share. */

// Iconik's answers hold UUIDs of any version, so the version digit is not checked.
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** As zod names it in an issue. */
export const ID_PATTERN = String(UUID);

/** An e-mail address, with what to do where it is none. */
export const email = z.email(
  'this is no e-mail address, such as anna@client.example. People outside are named by theirs; ask for it where only a name is known',
);

/** `isId`: the door takes quotes and Iconik's web address off what is given. */
const isId = { isId: true };

/** An id inside an argument that says what it is. */
export const bareUuid = z
  .string()
  .regex(UUID, 'must be a UUID such as a55e7001-5b1c-11ef-9c3a-0a580a3db916')
  .meta(isId);

/** An id that Iconik's description calls a text. */
export const textId = (description: string) => z.string().min(1).meta(isId).describe(description);

/** An id argument: strict when called, a plain string in the listed schema. */
export const uuid = (description: string) => bareUuid.describe(description);

export const assetId = uuid('Asset id.');

/** An address that people follow from Iconik's pages. */
export const webAddress = z.url().refine(isWebAddress, `must be ${WEB_ADDRESS}`);

/** Several ids. */
export const uuids = (description: string) => z.array(bareUuid).describe(description);

export const versionPath = { asset_id: assetId, version_id: uuid('Version id.') };

/** How far an asset, a version or a format is on its way into the archive. */
export const archiveStatus = z.enum(['NOT_ARCHIVED', 'ARCHIVING', 'FAILED_TO_ARCHIVE', 'ARCHIVED']);

/** State of a job that Iconik runs on an asset or a version: analysis, transcription, face recognition. */
export const progressStatus = z.enum(['N/A', 'REQUESTED', 'IN_PROGRESS', 'FAILED', 'DONE']);

type FreeObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is FreeObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Any JSON object; `z.record` would lose a key called `__proto__`. */
export const anyObject = z.custom<FreeObject>(isObject, 'must be an object');

/** How an object with free names is listed: as a list of `item`s, each with its name under `key`. */
export interface Pairs {
  readonly key: string;
  readonly item: z.ZodObject;
}

/**
 * Lists an object with free names as a list of pairs: OpenAI's strict mode and Gemini take no object without named
 * properties. The door makes the object of the list, and still takes the object.
 */
export const listedAsPairs = <T extends z.ZodType>(schema: T, pairs: Pairs) => schema.meta({ pairs });

/** An object with free names and values of one kind. */
export const valuesBy = <V extends z.ZodType>(pairs: Pairs, holds: V) =>
  listedAsPairs(
    anyPairs(pairs)
      .transform((given, context) => {
        const parsed = Object.entries(given).map(([name, value]) => {
          const { data, error } = holds.safeParse(value);
          for (const issue of error?.issues ?? [])
            context.issues.push({ ...issue, input: value, path: [name, ...issue.path] } as z.core.$ZodRawIssue);
          return [name, data as z.output<V>] as const;
        });
        return Object.fromEntries(parsed);
      })
      .meta({ holds }),
    pairs,
  );

const anyPairs = (pairs: Pairs) => {
  const names = Object.keys(pairs.item.shape).join(', ');
  return z.custom<FreeObject>(isObject, `must be a list of one or more {${names}}, each ${pairs.key} once`);
};

const pairsOfLabels = { key: 'label', item: z.object({ label: z.string(), value: z.array(z.string()) }) };
const pairsOfNames = { key: 'name', item: z.object({ name: z.string(), value: z.string() }) };

/** Metadata by label, as people name it. */
export const byLabel = listedAsPairs(anyPairs(pairsOfLabels), pairsOfLabels);

/** Any JSON object, listed as its text. */
export const jsonObject = anyObject.meta({ listed: z.string() });

/** Texts by name. */
export const textByName = valuesBy(pairsOfNames, z.string());

/** An ISO 8601 date-time argument, with a zone. */
export const dateTime = (description: string) =>
  z.iso
    .datetime({ offset: true, error: 'must be a date and time with a zone, such as 2026-03-01T09:30:00+00:00' })
    .describe(`${description} ISO 8601 with a zone.`);

/** Milliseconds from the first frame. */
export const milliseconds = (description: string) => z.int().min(0).max(Number.MAX_SAFE_INTEGER).describe(description);

/** For `validate`: the end must not be before the start. */
export const startsBeforeEnd = (args: {
  readonly time_start_milliseconds?: number | undefined;
  readonly time_end_milliseconds?: number | undefined;
}): string | undefined => {
  const { time_start_milliseconds: start, time_end_milliseconds: end } = args;
  if (start === undefined || end === undefined || end >= start) return undefined;
  return `time_end_milliseconds: ${end} is before time_start_milliseconds ${start}. Give an end at or after the start.`;
};

export const perPage = (fallback: number, maximum: number) =>
  z.int().min(1).max(maximum).optional().describe(`Objects per page. Default ${fallback}.`);
export const page = z.int().min(1).max(10_000).optional().describe('Page number. Default 1.');
export const lastId = (noun: string) => uuid(`Next page: id of the last ${noun} seen.`).optional();

/** Ours, not Iconik's: signed URLs are bearer secrets and stay out of answers unless requested. */
export const includeUrls = z.boolean().optional().describe('Add temporary signed URLs.').meta({ local: true });

/** Ours: the fields to set to null. Hosts send null for an argument that is not given, so null itself cannot mean this. */
export const clear = <const N extends readonly [string, ...string[]]>(...names: N) =>
  z.array(z.enum(names)).optional().describe('Fields to set to null.').meta({ local: true });

/** How a browser opens a signed URL. */
export const contentDisposition = z
  .enum(['inline', 'attachment'])
  .optional()
  .describe('attachment: URLs that download. Default inline.');

/** An answer field that holds a signed URL: shown only where `include_urls` or `generate_signed_url` is true. */
export const signedUrl = z.string().optional().meta({ signed: true });

/** Like `signedUrl`, for an object: upload credentials, or parts that exist only for their URLs. */
export const signed = <T extends z.ZodType>(schema: T) => schema.optional().meta({ signed: true });

/** Answer fields. Enumerations are plain strings: Iconik adds values without notice. */
export const text = z.string().optional();
export const integer = z.int().optional();
export const number = z.number().optional();
export const flag = z.boolean().optional();
export const strings = z.array(z.string()).optional();
export const free = z.looseObject({}).optional();

/** A list; empty if Iconik leaves it out. */
export const listOf = <T extends z.ZodType>(item: T) => z.array(item).default([]);

/** A page of objects, with the total and the number of pages. */
export const paged = <T extends z.ZodType>(item: T) => ({
  objects: listOf(item),
  total: integer,
  page: integer,
  pages: integer,
  per_page: integer,
});
