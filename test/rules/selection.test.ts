import { describe, expect, test } from 'vitest';
import { listed } from '../../src/server/schema.ts';
import { toolsets } from '../../src/tools/index.ts';

/** Words that tell nothing apart. */
const STOP = new Set(
  'a an and are as at be by can do for from has have i in into is it its me my not of on or our please so that the their them then there this to up us was we what when where which who with you your'.split(
    ' ',
  ),
);

const stem = (word: string): string => word.replace(/(ies)$/, 'y').replace(/(ing|ed|es|s)$/, '');

const words = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1 && !STOP.has(word))
    .map(stem);

const tools = toolsets.flatMap((set) =>
  Object.entries(set.tools)
    .filter(([, tool]) => tool.listed === true)
    .map(([name, tool]) => {
      // A tool-search host weighs a name as it weighs any other word.
      const terms = words(`${name.replaceAll('_', ' ')} ${tool.title} ${listed(name, tool).description}`);
      return { name, terms };
    }),
);
const average = tools.reduce((sum, { terms }) => sum + terms.length, 0) / tools.length;
const K = 1.2;
const B = 0.75;

/** Okapi BM25, as hosts rank tools that they do not show all at once. */
function ranked(request: string): string[] {
  const asked = [...new Set(words(request))];
  const scores = tools.map(({ name, terms }) => {
    const score = asked.reduce((sum, word) => {
      const holding = tools.filter((tool) => tool.terms.includes(word)).length;
      const count = terms.filter((term) => term === word).length;
      const rarity = Math.log(1 + (tools.length - holding + 0.5) / (holding + 0.5));
      return sum + (rarity * count * (K + 1)) / (count + K * (1 - B + (B * terms.length) / average));
    }, 0);
    return { name, score };
  });
  return scores.sort((a, b) => b.score - a.score).map(({ name }) => name);
}

/** What a model would look for on its way through each story, in the story's words and in three others. */
const requests: Readonly<Record<string, readonly string[]>> = {
  find_assets: [
    'find all interview clips of a person shot in 2025 that are not archived',
    'find assets by metadata labels and dates',
    'look for clips by words and people',
    'find footage in a collection',
  ],
  set_metadata: [
    'set rights expiry in their Rights view',
    'change a metadata value on many assets in a collection',
    'write metadata by label',
    'fill in metadata values for a selection',
  ],
  annotate_asset: [
    'add markers at every mention in this interview',
    'add several comments and markers at timecodes',
    'tick off comment number 4',
    'log markers on an asset',
    'edit marker m3 and move it',
    'delete the wrong markers by number',
    'undo the markers I just added',
    'recolor these markers green',
  ],
  read_transcript: [
    'where is climate mentioned in the transcript',
    'read this interview transcript and give me quotes with timecodes',
    'read transcript by speaker',
    'what is said in the interview transcript',
  ],
  set_current_version: [
    'make version 3 the current version and delete the old ones',
    'set the current version of an asset',
    'make an older version current again',
    'promote a version and then delete old versions',
  ],
  compare_versions: [
    'what differs between two versions',
    'compare version 2 and version 3',
    'compare versions of an asset',
    'differences between versions of a cut',
  ],
  check_jobs: [
    'what is stuck in the transcode queue and why',
    'which jobs failed and what to do',
    'check running jobs',
    'wait for jobs to finish',
  ],
  view_frame: [
    'show me what this clip looks like at 01:02:10:00',
    'view the picture at a timecode',
    'show a frame of the clip',
    'a contact sheet of frames',
    'show the posters of these clips on one sheet',
  ],
  read_notes: [
    'summarise the comments on this cut and tell me which are open',
    'read review comments with authors',
    'list comment threads done or open',
    'which comments are unresolved',
    'list the markers and tags on this clip with their numbers',
    'show the notes on an asset',
  ],
  copy_notes: [
    'copy the open comments from version 2 to version 3',
    'carry the comments over to the new version',
    'copy markers to another asset with an offset of 48 frames',
    'move comments and their replies to the current version',
  ],
  make_subclips: [
    'cut three sub-clips and put them in a collection',
    'make subclips from time ranges',
    'create sub-clips named by a pattern',
    'make sub-clips of these ranges',
  ],
  describe_metadata: [
    'what can I fill in for a clip and which values are allowed for Territory',
    'which metadata fields and views are there',
    'describe metadata fields with allowed values',
    'which options does a drop-down field have',
  ],
  locate_files: [
    'where does the original of this asset live and is it online',
    'locate the files of an asset on storages',
    'locate file copies, paths and checksums',
    'where are the files stored',
  ],
  name_speakers: [
    'Speaker 1 in this transcript is Jordan Reyes',
    'rename the speakers of the transcript',
    'give the speakers their names in all languages',
    'name who speaks in the transcript',
  ],
  export_captions: [
    'subtitles of this interview as SRT',
    'make captions from the transcript in Portuguese',
    'export WebVTT captions with two lines of 37 characters',
    'caption file with a reading speed',
  ],
  report_storage: [
    'how much storage do we use, per storage and month',
    'how many TB did we add last month',
    'what are our biggest collections',
    'storage growth report as a table',
  ],
  check_masters: [
    'which masters break our spec ProRes 422 HQ 1920x1080',
    'check codec, resolution and audio against a delivery spec',
    'which files have the wrong frame rate',
    'technical QC of masters',
  ],
  find_duplicates: [
    'which files in Drone 2025 are duplicates',
    'do we have this footage twice',
    'find duplicate files by checksum and how much space they waste',
    'which clips were ingested twice',
  ],
  review_proposals: [
    'what does the AI propose for this asset',
    'accept the AI proposals for keywords',
    'discard what the AI suggested for metadata',
    'let AI fill in the description of these clips',
  ],
  name_people: [
    'this face is Jordan Reyes',
    'name the unknown face',
    'confirm that the face in these clips is her',
    'start face recognition on this collection',
  ],
  find_people: [
    'who is in this clip',
    'find all clips where two people appear together on screen',
    'which assets show the face of this person for at least ten seconds',
    'which faces have no name yet',
  ],
  export_markers: [
    'give me the open comments of this asset as an EDL for Resolve',
    'export markers as CSV or FCPXML',
    'export comments as an EDL',
    'export markers for an editor',
    'give me an EDL that strings these sub-clips together',
    'a string-out of the ranges where he speaks as a CMX 3600 EDL',
  ],
  import_log: [
    'here is my log sheet with rows of file name, in, out: put it in',
    'import a spreadsheet of log rows',
    'import CSV log with markers',
    'import rows of a sheet as markers and metadata',
  ],
  show_asset: [
    'tell me everything about this asset at a glance',
    'show an asset with versions, files, metadata and comments',
    'show asset duration and frame rate',
    'asset overview at a glance',
  ],
  read_metadata: [
    'read metadata of many assets as a table',
    'read the metadata values by label',
    'show metadata of a selection as a table',
    'read values of a view for assets',
  ],
  save_search: [
    'save this search under a name',
    'keep this search so that people can run it in Iconik',
    'make a saved search of what was found',
    'save a search that finds what fits later',
  ],
  list_searches: [
    'list the saved searches',
    'run a saved search by name',
    'which saved searches do people keep',
    'run my saved search and show what it finds now',
  ],
  show_history: [
    'who deleted or changed this asset',
    'who downloaded this clip and when',
    'show the history of an asset',
    'what did a person do last week',
  ],
  edit_assets: [
    'rename these assets',
    'rename clips by a pattern with numbers',
    'find and replace in the titles',
    'change the category and external id of several assets',
  ],
  delete_assets: [
    'delete these assets',
    'move a selection of clips to the recycle bin',
    'delete the sub-clips in this collection',
    'put an asset in the trash',
  ],
  list_bin: [
    'what is in the recycle bin',
    'who deleted this asset and when',
    'list deleted assets in the trash',
    'until when are deleted clips kept in the bin',
  ],
  restore_assets: [
    'bring back a deleted asset',
    'restore assets from the recycle bin',
    'undelete the clip that was deleted by mistake',
    'get sub-clips back from the trash',
  ],
  collect_assets: [
    'put these assets into a collection',
    'collect a selection of assets in a collection',
    'add assets to a collection in an order',
    'collect clips into a new collection',
  ],
  move_in_collections: [
    'move this collection under Season 2025',
    'rename a collection',
    'set the cover picture of a collection',
    'put the episodes of this collection in order',
  ],
  share: [
    'share this collection with anna at client.com until friday, view and comment only',
    'send a client a link to this cut by e-mail',
    'give a guest access to an asset, no download',
    'make a share link that expires',
  ],
  revoke_shares: [
    'revoke the share with anna',
    'take back access of a guest to everything',
    'end all share links of this asset now',
    'stop sharing this collection',
  ],
  request_approval: [
    'ask maria and tom to approve the latest cut',
    'request approval of these assets',
    'send this cut to people for approval',
    'ask the client to approve by e-mail',
  ],
  list_approvals: [
    'what is still waiting for approval this week',
    'list approvals: who has not answered yet',
    'which assets were rejected or approved',
    'what waits for the approval of maria',
  ],
  export_metadata: [
    'export the metadata of this collection as csv for excel',
    'give me a spreadsheet of all rights fields',
    'write metadata into a csv spreadsheet that i can edit',
    'export metadata of the selection as a spreadsheet',
  ],
  import_metadata: [
    'import the edited metadata csv by id',
    'take this edited metadata spreadsheet back in',
    'import metadata from csv with ids and show old and new',
    'here is the edited spreadsheet with ids, write back what changed',
  ],
  deliver_assets: [
    'deliver the approved finals to broadcast playout',
    'send the masters to the export location of the client',
    'export approved assets to the playout server',
    'which finals are approved and can be delivered, and how many gb',
  ],
  archive_assets: [
    'archive everything in 2023 season that nobody has viewed, and say how many tb',
    'move originals to cold storage to free space',
    'archive these assets',
    'send old footage to the archive',
  ],
  restore_media: [
    'restore these five from the archive for editing and tell me when they are ready',
    'bring archived originals back online',
    'get media back from cold storage',
    'restore archived media',
  ],
  steer_jobs: [
    'restart the failed transcodes that had no space',
    'abort these jobs',
    'pause the queue and resume it later',
    'put this job first',
  ],
  list_shares: [
    'who outside has access to this collection',
    'list all shares of a person and when they expire',
    'what is shared with anna right now',
    'which share links are open',
  ],
};

describe.each(Object.entries(requests))('%s is among the first three for', (name, asked) => {
  test.each(asked)('%s', (request) => {
    expect(ranked(request).slice(0, 3)).toContain(name);
  });
});
