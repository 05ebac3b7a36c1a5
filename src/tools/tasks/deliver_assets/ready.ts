import { formatBytes } from '../../../media/units.ts';
import { answersLine, type Names, type Request } from '../../library/approvals.ts';
import { areComplete, bytesOn, type Original, originalFiles, type Storages } from '../../library/archive/media.ts';
import { titleOf } from '../../library/plans/titles.ts';
import type { Doc } from '../../library/search.ts';
import { sortedVersions } from '../../operations/version_list.ts';
import type { Location } from './location.ts';

/** An asset that can be delivered. `bytes` and `on` are those of its original; none where only proxies go. */
export interface Ready extends Original {
  /** `v3`. */
  readonly version: string;
  readonly request?: Request;
  /** Why its current version does not count as approved, where that does not keep it here. */
  readonly unapproved?: string;
  /** Names of the files of the original. */
  readonly files: readonly string[];
}

/** Where to, and whether what is not approved goes, too. */
export interface Delivery {
  readonly location: Location;
  readonly storages: Storages;
  readonly unapproved: boolean;
}

/** An asset that can be delivered, or why not. */
export type Checked = { readonly ready: Ready } | { readonly reason: string };

/** Whether an asset can go to a location, or why not. `request`: its approval; absent where that was not looked at. */
export function readyOf(
  doc: Doc,
  request: Request | undefined,
  { location: to, storages: all, unapproved }: Delivery,
): Checked {
  const { id = '', title = id, apart, type } = doc;
  if (type === 'SUBCLIP') return { reason: 'a sub-clip has no media of its own' };
  const { latest } = sortedVersions(doc);
  const refusal = request && notApproved(request);
  if (refusal && !unapproved) return { reason: refusal };
  if (request && request.latest?.id !== latest?.id)
    return { reason: 'search does not know its current version yet: try again in a minute' };
  const hasProxy = (doc.proxies ?? []).some(
    ({ status, version_id }) => status === 'CLOSED' && (version_id === undefined || version_id === latest?.id),
  );
  const common = {
    id,
    title,
    apart,
    version: latest?.name ?? '',
    ...(request && { request }),
    ...(refusal && { unapproved: refusal }),
  };
  if (!to.takesOriginals) {
    if (to.takesProxies && !hasProxy) return { reason: 'it has no proxy, and the location takes no originals' };
    return { ready: { ...common, bytes: 0, on: new Map(), files: [] } };
  }
  if (doc.archive_status === 'ARCHIVING') return { reason: 'its original is on its way into the archive' };
  const files = originalFiles(doc, all, false).filter(({ status }) => status !== 'ARCHIVED');
  if (files.length === 0) return { reason: withoutOriginal(doc, hasProxy) };
  if (!areComplete(files)) return { reason: 'a file of its original is missing or not complete' };
  const on = bytesOn(files);
  const names = [...new Set(files.flatMap(({ name, type: kind }) => (name && kind !== 'DIRECTORY' ? [name] : [])))];
  return { ready: { ...common, bytes: Math.max(...on.values()), on, files: names } };
}

function withoutOriginal({ archive_status: state }: Doc, hasProxy: boolean): string {
  if (state === 'ARCHIVED') return 'its original is in the archive: restore_media brings it back';
  return hasProxy ? 'only a proxy of it is here, no original' : 'it has no file of an original';
}

export const NOBODY_ASKED = 'not approved: nobody was asked';

/** Why the current version does not count as approved; undefined where it does. */
function notApproved({ status, isCurrent, version, latest }: Request): string | undefined {
  const current = latest?.name ?? 'the current version';
  const other = version ?? 'a version that is gone';
  if (status === 'APPROVED') return isCurrent ? undefined : `not approved: ${other} is, and ${current} is current`;
  const about = isCurrent ? '' : ` for ${other}; ${current} is current`;
  switch (status) {
    case 'N/A':
      return NOBODY_ASKED;
    case 'NOT_APPROVED':
      return `rejected${about}`;
    case 'MIXED':
      return `not approved: answers are mixed${about}`;
    default:
      return `not approved: still waiting for an answer${about}`;
  }
}

/** `"Season trailer 2025" v3 · Maria Almeida APPROVED · 35.9 GB`. */
export const readyLine = ({ version, request, unapproved, bytes, ...one }: Ready, names: Names): string =>
  [
    `${titleOf(one)} ${version}`.trim(),
    unapproved ?? (request ? answersLine(request, names) || 'APPROVED' : 'approval not looked at'),
    bytes > 0 && formatBytes(bytes),
  ]
    .filter(Boolean)
    .join(' · ');
