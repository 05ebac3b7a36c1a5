import { ok } from '../endpoints/common.ts';
import type { Call, Endpoint } from '../types.ts';
import { allVersions, disposition, signedList } from './media_fields.ts';
import { listOfAsset, rowOf } from './rows.ts';
import { asAsked, withUrl } from './urls.ts';

const ASSET = '/API/files/v1/assets/{asset_id}/';
const roles = ['can_read_assets'];
const list = listOfAsset('keyframes', asAsked);

export const keyframeEndpoints: readonly Endpoint[] = [
  { route: `GET ${ASSET}keyframes/`, roles, query: { ...signedList(true), ...allVersions }, handle: list },
  { route: `GET ${ASSET}versions/{version_id}/keyframes/`, roles, query: signedList(true), handle: list },
  {
    route: `GET ${ASSET}keyframes/{keyframe_id}/`,
    roles,
    query: disposition,
    handle: (call: Call) => ok(withUrl(rowOf(call, 'keyframes', call.path.keyframe_id), call)),
  },
];
