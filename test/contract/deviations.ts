import { ids } from '../../src/sandbox/world/build/ids.ts';
import type { Deviation } from './answers.ts';

/** Where answers of the sandbox differ from a description on purpose, each with its reason. */
export interface KnownDeviation {
  /** Only from the description of that year. */
  readonly year?: 2025 | 2026;
  readonly places: readonly string[];
  readonly what: string;
  readonly because: string;
  /** Requests whose answers show it; `body` is JSON. */
  readonly seen: readonly { readonly route: string; readonly body?: unknown }[];
}

const INTERVIEW = 'a55e7001-5b1c-11ef-9c3a-0a580a3db916';
const PROPOSAL = '90b50201-5b1c-11ef-9c3a-0a580a3db916';
const SEGMENTS = `/API/assets/v1/assets/${INTERVIEW}/segments/`;
const SAVED = '/API/search/v1/search/saved/';
const SHARES = `/API/assets/v1/assets/${INTERVIEW}/shares/`;
const GUESTS = {
  allow_approving_comments: false,
  allow_comments: true,
  allow_download: false,
  allow_setting_approve_status: false,
};
const DOCUMENT = 'search/SearchDocumentSchema';

export const KNOWN: readonly KnownDeviation[] = [
  {
    places: ['_sort', '_highlight'].map((name) => `${DOCUMENT}.${name}`),
    what: 'unknown',
    because: 'Recorded answers have both: the place in the order, for search_after, and the words that were found.',
    seen: [{ route: 'POST /API/search/v1/search/', body: { query: 'harbour' } }],
  },
  {
    places: ['format', 'permissions', 'segment_text', 'transcribed_languages', 'transcription_text'].map(
      (name) => `${DOCUMENT}.${name}`,
    ),
    what: 'unknown',
    because: 'Fields of the index that clients search by or read; the description names a handful of all fields.',
    seen: [{ route: 'POST /API/search/v1/search/', body: { doc_types: ['assets'], query: '' } }],
  },
  {
    places: [`${DOCUMENT}.ancestor_collections`],
    what: 'unknown',
    because: 'Clients filter by it whatever the kind of object is; the description has it on assets.',
    seen: [{ route: 'POST /API/search/v1/search/', body: { doc_types: ['collections'], query: '' } }],
  },
  {
    places: [`${DOCUMENT}.metadata_cache`],
    what: 'unknown',
    because:
      'A client reads the words of transcripts from it, where hits lack segment_text, which a switch of the sandbox imitates.',
    seen: [],
  },
  {
    year: 2025,
    places: [`${DOCUMENT}.approval`],
    what: 'unknown',
    because: 'New in 2026.',
    seen: [{ route: 'POST /API/search/v1/search/', body: { doc_types: ['assets'], query: '' } }],
  },
  {
    year: 2025,
    places: [`${DOCUMENT}.formats`],
    what: 'unknown',
    because: 'New in 2026.',
    seen: [{ route: 'POST /API/search/v1/search/', body: { doc_types: ['assets'], query: '' } }],
  },
  {
    year: 2025,
    places: ['assets/FaceBoundingBoxSchema.person_version_face_id'],
    what: 'unknown',
    because: 'New in 2026, in place of face_id.',
    seen: [{ route: `GET ${SEGMENTS}PERSON/` }],
  },
  {
    year: 2025,
    places: ['assets/FaceBoundingBoxSchema.face_id'],
    what: 'missing',
    because: 'Gone in 2026: person_version_face_id took its place.',
    seen: [{ route: `GET ${SEGMENTS}PERSON/` }],
  },
  {
    year: 2025,
    places: ['jobs/JobElasticSchema.type', 'jobs/JobSchema.type'],
    what: 'is "METADATA_FILLING"',
    because: 'New in 2026: jobs in which AI proposes metadata.',
    seen: [{ route: 'GET /API/jobs/v1/jobs/' }, { route: `GET /API/jobs/v1/jobs/${PROPOSAL}/` }],
  },
  {
    year: 2025,
    places: ['jobs/JobElasticSchema.status', 'jobs/JobSchema.status'],
    what: 'is "PENDING_USER"',
    because: 'New in 2026: a job that waits for the decision of a person.',
    seen: [{ route: 'GET /API/jobs/v1/jobs/' }, { route: `GET /API/jobs/v1/jobs/${PROPOSAL}/` }],
  },
  {
    year: 2025,
    places: ['jobs/JobElasticSchema.status', 'jobs/JobSchema.status'],
    what: 'is "DISCARDED"',
    because: 'New in 2026: the state of a job whose proposals a person discarded.',
    seen: [],
  },
  {
    year: 2025,
    places: ['assets/SegmentSchema.is_internal', 'assets/SegmentElasticSchema.is_internal'],
    what: 'unknown',
    because: 'New in 2026.',
    seen: [
      { route: `POST ${SEGMENTS}`, body: { segment_type: 'COMMENT', is_internal: true } },
      { route: `GET ${SEGMENTS}` },
    ],
  },
  {
    year: 2025,
    places: ['SavedSearch', 'SavedSearchSchema', 'SavedSearchElasticSchema'].map((name) => `search/${name}.favoured`),
    what: 'unknown',
    because: 'New in 2026.',
    seen: [
      { route: `GET ${SAVED}` },
      { route: `GET ${SAVED}${ids.savedSearch}/` },
      { route: `POST ${SAVED}`, body: { name: 'Harbour', criteria: { query: 'harbour' } } },
    ],
  },
  {
    year: 2025,
    places: ['search/SavedSearchElasticSchema.criteria'],
    what: 'is a object',
    because: 'The live system lists the criteria as they were sent, and not as text.',
    seen: [{ route: `GET ${SAVED}` }],
  },
  {
    year: 2025,
    places: ['ShareSchema', 'GetShareSchema', 'ShareElasticSchema', 'ShareURLSchema'].flatMap((name) =>
      ['drm', 'show_existing_comments', 'watermark'].map((field) => `assets/${name}.${field}`),
    ),
    what: 'unknown',
    because: 'New in 2026.',
    seen: [
      { route: 'GET /API/assets/v1/shares/' },
      { route: `GET ${SHARES}` },
      { route: `GET ${SHARES}${ids.share}/` },
      {
        route: `POST ${SHARES}url/`,
        body: { ...GUESTS, drm: 'none', watermark: 'none', show_existing_comments: true },
      },
    ],
  },
  {
    year: 2025,
    places: ['users/UserElasticSchema.type'],
    what: 'missing',
    because: 'Gone since: the short list of users has a schema of its own, without type and status.',
    seen: [{ route: 'GET /API/users/v1/users/basic/' }],
  },
  {
    places: ['files/FileSchema.file_set_id'],
    what: 'missing',
    because: 'A file that was created without a file set has none; the schema is shared with PUT, which requires one.',
    seen: [
      {
        route: `POST /API/files/v1/assets/${INTERVIEW}/files/`,
        body: { original_name: 'a.mov', directory_path: '', type: 'FILE' },
      },
    ],
  },
];

/** Answers that a description gets wrong as a whole, and the schemas that are right. */
export interface Correction {
  readonly routes: readonly string[];
  /** Without it, both descriptions. */
  readonly year?: 2025;
  /** One of these; without it, the description of that year is not asked. */
  readonly schemas?: readonly string[];
  readonly because: string;
}

const VERSION = '/API/assets/v1/assets/{asset_id}/versions/{version_id}/';

export const CORRECTIONS: readonly Correction[] = [
  {
    routes: ['GET /API/files/v1/assets/{asset_id}/keyframes/{keyframe_id}/'],
    schemas: ['files/KeyframeSchema'],
    because: 'Both descriptions name the schema of files, by a slip.',
  },
  {
    routes: [`PUT ${VERSION}`, `PATCH ${VERSION}`],
    schemas: ['assets/AssetVersionSchema', 'assets/AssetVersionsSchema'],
    because: 'A client met all versions of the asset here; the descriptions have the one. A switch decides.',
  },
  {
    year: 2025,
    routes: ['GET /API/assets/v1/custom_actions/{context}/{action_id}/'],
    because: 'The description of 2025 has 201 for a read, by a slip; that of 2026 has 200.',
  },
  {
    year: 2025,
    routes: [`PUT ${VERSION}promote/`, 'PUT /API/jobs/v1/jobs/state/', 'PUT /API/jobs/v1/jobs/priority/'],
    because: 'The live system answers 200.',
  },
  {
    year: 2025,
    routes: ['GET /API/metadata/v1/{object_type}/{object_id}/'],
    because: 'The live system answers flat values, by field.',
  },
  {
    year: 2025,
    routes: ['GET /API/assets/v1/collections/{collection_id}/contents/'],
    because: 'The live system lists collections among the assets.',
  },
];

/** The correction of a route's answer for that year. */
export const correctionOf = (year: 2025 | 2026, route: string): Correction | undefined =>
  CORRECTIONS.find((one) => one.routes.includes(route) && (one.year === undefined || one.year === year));

const known = new Set(
  KNOWN.flatMap(({ year, places, what }) =>
    (year === undefined ? [2025, 2026] : [year]).flatMap((one) => places.map((place) => `${one} ${place} ${what}`)),
  ),
);

export const isExplained = ({ year, place, what }: Deviation): boolean => known.has(`${year} ${place} ${what}`);
