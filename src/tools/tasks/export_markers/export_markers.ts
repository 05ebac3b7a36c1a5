import * as z from 'zod';
import { MARKER_FORMATS, type MarkerFormat } from '../../../media/markers/index.ts';
import { task } from '../../define.ts';
import { oneAsset, oneVersion } from '../../library/selection.ts';
import { free, integer, strings, text } from '../../params.ts';
import { exportAllVersions } from './all_versions.ts';
import { isAllVersions, KINDS } from './asked.ts';
import { exportNotes } from './notes_document.ts';
import { stringOut } from './string_out.ts';

const FORMATS = Object.keys(MARKER_FORMATS) as [MarkerFormat, ...MarkerFormat[]];

export const export_markers = task({
  title: 'Export markers',
  description:
    'Export comments and markers of an asset as a document for editing: EDL for Resolve, XML for Premiere, FCPXML, Avid, CSV, SRT, chapters; with cut a string-out EDL of sub-clips and ranges. In the chat: read_notes.',
  effect: 'read',
  attaches: true,
  roles: ['can_read_segments', 'can_read_assets'],
  input: {
    asset: oneAsset.optional(),
    cut: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('In order: sub-clips, collections, handles, "Title 12:04-12:31"; m3 of asset.'),
    margin: z.string().optional().describe('Of cut: 2s.'),
    format: z.enum(FORMATS).optional().describe('Default edl.'),
    delimiter: z.enum(['comma', 'semicolon', 'tab']).optional().describe('Of csv.'),
    kinds: z.array(z.enum(KINDS)).min(1).optional().describe('Default COMMENT and MARKER.'),
    open_only: z.boolean().optional().describe('Not what is done.'),
    replies: z.boolean().optional().describe('Add them.'),
    between: z.string().min(1).optional().describe('12:04-20:00.'),
    version: oneVersion,
  },
  output: { title: text, total: integer, counts: free, uri: text, preview: strings, notes: strings },
  validate: ({ asset, version, cut, margin, format = 'edl', delimiter, ...ofMarkers }) => {
    if (delimiter && format !== 'csv') return `delimiter: ${format} has none. Leave it out, or give format csv.`;
    if (cut === undefined && isAllVersions(version)) {
      if (format !== 'csv') return 'version: all goes into one table: give format csv, or one version.';
      if (ofMarkers.between !== undefined)
        return 'between: versions differ in their times. Leave it out, or give one version.';
    }
    if (cut === undefined && margin !== undefined)
      return 'margin: it widens what cut names. Give cut, or leave it out.';
    if (cut === undefined)
      return asset === undefined ? 'asset is missing: give an id, title or file name; or ranges in cut.' : undefined;
    if (format !== 'edl')
      return `format: cut is written as edl alone. Leave out format, or cut for markers as ${format}.`;
    const [given] = Object.entries(ofMarkers).find(([, value]) => value !== undefined) ?? [];
    if (given) return `${given}: it is for markers. With cut leave it out.`;
    return version !== undefined && asset === undefined ? 'version: give its asset, too.' : undefined;
  },
  run: async ({ cut, margin, asset = '', ...args }, context) =>
    cut
      ? stringOut(context, { cut, asset: asset || undefined, version: args.version, margin })
      : (isAllVersions(args.version) ? exportAllVersions : exportNotes)(context, { asset, ...args }),
});
