import type { CatalogueEffect, Placing } from './types.ts';

/** Operations, written `POST /assets/v1/assets/{asset_id}/segments/`, and what is true of them. */
export type Rule<T> = readonly [where: RegExp, is: T];

/** What is true of an operation by the first rule that fits. */
export const byRule = <T>(rules: readonly Rule<T>[], operation: string): T | undefined =>
  rules.find(([where]) => where.test(operation))?.[1];

const GATEWAY = "it is for Iconik's storage gateway";
const ADMINISTRATION = 'it signs people in or administers the domain';
const MONEY = 'it is about what Iconik is paid';

/** What is never called, and why. */
export const NEVER: readonly Rule<string>[] = [
  [/^(?!GET \/auth\/v1\/system_domains\/\{system_domain_id\}\/$)\w+ \/auth\//, ADMINISTRATION],
  [/\/shares\/auth\/|\/magic_link\/(enabled|validate)\//, 'it signs a guest of a share in'],
  [/\/(otp|totp|saml)\//, 'it changes how a person signs in'],
  [/\/users\/(invite\/(register|validate)|partner_domain_access)\//, 'it lets people into a domain'],
  [/\/edge_transcode\/|\/gateway\/(events|status)\/|^PUT .*\/gateway\/report\//, GATEWAY],
  [
    /\/deletions(_from)?\/|\/transfers_from\/|\/transfers(_to)?\/\{transfer_id\}\/|\/transfers_to\/\{storage_id\}\//,
    GATEWAY,
  ],
  [/^POST .*\/(logs|telemetry)\/$|\/isg_handler_url\//, GATEWAY],
  [/\/temporary_(files|file_sets)\//, 'it is for files that only Iconik itself makes and removes'],
  [/^DELETE \/transcode\/.*\/transcode\/(\{record_id\}\/)?$/, "it is for Iconik's transcoders"],
  [/\/search_document\//, 'it writes into the search index'],
  [/^POST \/stats\/v1\/assets\//, 'it writes statistics'],
  [/^(POST|PUT|DELETE) \/stats\/v1\/billing|\/billing\/price_lists\/|\/billing_expiration\//, MONEY],
  [/\/stats\/v1\/id\/|\/storages\/swap\//, 'it is for those who run Iconik'],
  [/\/publications\/token\/|\/files\/v1\/drm\//, 'it hands out a token'],
];

/** What is done, where the method says something else: restores, withdrawals, and reading with a body. */
export const EFFECTS: readonly Rule<CatalogueEffect>[] = [
  [/^POST \/acls\/v1\/acl\/(\{object_type\}\/\{permission\}\/)?$/, 'read'],
  [/^POST \/search\/v1\/(search|search\/suggest|nltf_parse)\/$/, 'read'],
  [/^POST \/files\/v1\/(files\/storages\/|storages\/verifications\/)|\/link\/metadata\//, 'read'],
  [/^POST .*\/(gcs\/compose_url|multipart_url\/s3\/part)\/$/, 'read'],
  [/^POST .*\/(approvals\/bulk_remove|delete_queue\/(assets|collections|bulk)|file_sets\/bulk)\/$/, 'delete'],
  [/^POST .*\/multipart\/(b2\/cancel|cleanup)\/$|^POST .*\/merge\/\{new_person_id\}\//, 'delete'],
  [/^POST \/ml\/.*\/(change_person|confirm_person|update_and_confirm)\/$|^POST .*\/(accept|discard)\/$/, 'update'],
  [/^PUT .*\/containers\/$/, 'create'],
  [/^DELETE \/acls\/v1\/(acl\/\{|groups|users|shares)/, 'update'],
  [/^DELETE .*\/delete_queue\/(assets|collections|file_sets|formats)\/$/, 'update'],
  [/^DELETE .*\/(public|default|auto_scan|ordering\/custom|photo|logo|group_ids)\/$/, 'update'],
  [/^DELETE .*\/favou?rites\/(all\/)?$/, 'update'],
  [/^DELETE .*\/(contents\/\{object_type\}\/\{object_id\}|group\/\{group_id\}\/search\/\{search_id\})\/$/, 'update'],
  [/^DELETE \/users\/.*groups\/\{group_id\}\/users\/|^DELETE \/users\/.*teams\/\{team_id\}\/users\//, 'update'],
  [/^DELETE .*\/approvals\/(external|user)\/|^DELETE \/search\/v1\/search\/history\//, 'update'],
  [/^DELETE \/users-notifications\/.*(notifications|subscriptions)\//, 'update'],
  [/^DELETE .*\/storages\/\{storage_id\}\/transcoders\/|^DELETE \/transcode\/v1\/(transcode|storages)\//, 'update'],
];

/** What leaves the company, or sends out what later does. */
export const OUTBOUND: readonly Rule<string>[] = [
  [/^POST .*\/assets\/v1\/(share\/\{object_type\}|\{object_type\}\/\{object_id\}\/shares(\/url)?)\/$/, 'share'],
  [/^(POST|PUT|PATCH) .*\/shares\/\{share_id\}\/(users\/(\{share_user_id\}\/)?)?$/, 'share'],
  [/^(POST|PUT) \/acls\/v1\/shares\/\{share_id\}\//, 'access of a share'],
  [/^(POST|PUT) .*\/shares\/allowlist\//, 'widens who may enter shares'],
  [/^POST .*\/(keyframes|proxies)\/\{\w+\}\/public\/$/, 'public link'],
  [/^(POST|PUT|PATCH) .*\/approvals\/(request|bulk)\/$|\/magic_link\/request\//, 'mail'],
  [/^POST \/users-notifications\/v1\/notifications\//, 'mail'],
  [/^POST \/users\/v1\/users\/$/, 'mail (invites)'],
  [/\/invite\/token\/request\//, 'invite link'],
  [/^POST \/stats\/v1\/system\/logs\/recipients\/\{/, 'mail (test)'],
  [/^POST .*\/custom_actions\/.*\/callback\/$/, 'calls an address now'],
  [/^(POST|PUT|PATCH) .*\/(webhooks|custom_actions|logs\/recipients)\//, 'address to call'],
  [/^POST .*\/device_tokens\/$/, 'address to call'],
  [
    /^(POST|PUT|PATCH) \/automations\/v1\/automations\/(\{automation_id\}\/(runs\/)?)?$/,
    'rule that may export, share, delete',
  ],
  [/^POST \/files\/.*\/(bulk_export|bulk\/export)\/$|^POST \/files\/.+\/export_locations\/\{\w+\}\/$/, 'export'],
  [/^(POST|PUT|PATCH) \/files\/v1\/(export_locations|storages)\/(\{\w+\}\/)?$/, 'destination with credentials'],
  [/^(POST|PUT|PATCH) \/files\/v1\/storage_gateway(s|_clusters)\/(\{\w+\}\/)?$/, 'destination with credentials'],
  [/^POST \/files\/.*\/archive\/(bulk\/)?$/, 'archive'],
  [/^POST \/files\/.*\/restore\/(bulk\/)?$/, 'restore from archive'],
  [/^POST \/files\/.*\/(file_sets|formats)\/\{\w+\}\/storages\/\{storage_id\}\/$/, 'media to another storage'],
  [/^POST \/files\/.*\/storages\/\{storage_id\}\/bulk\/(transfer\/)?$/, 'media to another storage'],
  [
    /^POST \/transcode\/v1\/(analyze|transcribe)\/|\/metadata_filling\/(assets|bulk)\/|\/regenerate\//,
    'media to an AI service',
  ],
  [/^POST \/ml\/.*\/extract\//, 'media to an AI service'],
  [/^(POST|PUT|PATCH) .*\/analysis\/service_accounts\//, 'AI service account'],
  [/^POST .*\/cors_hosts\/$/, 'browser origin'],
  [/^POST .*\/publications\/jobs\/|^(POST|PUT|PATCH) .*\/portfolios\/(\{\w+\}\/)?$/, 'publication'],
];

/** Deletes of all that something holds: refused. */
export const WHOLESALE: readonly Rule<string>[] = [
  [/^DELETE .*\/versions\/all\//, 'it deletes them of all versions at once'],
  [/^DELETE .*\/shares\/bulk\/all\//, 'it deletes all shares'],
  [/^DELETE .*\/storages\/\{storage_id\}\/(\{object_type\}\/)?files\/$/, 'it deletes all files of a storage'],
  [/^DELETE .*\/files\/missing\/storages\//, 'it deletes all missing entries of a storage'],
];

const WRITE = '^(POST|PUT|PATCH|DELETE)';
/** Who may see or do something. */
export const ACCESS: readonly RegExp[] = [
  new RegExp(`${WRITE} /acls/`),
  new RegExp(`${WRITE} /users/v1/(groups|role_groups|teams)/(mappings/)?(\\{\\w+\\}/)?(users/\\{user_id\\}/)?$`),
  new RegExp(`${WRITE} /users/v1/users/(\\{user_id\\}/)?$`),
  new RegExp(`${WRITE} .*/shares/allowlist/`),
  /\/magic_link\/request\/|\/invite\/token\/request\/|\/partner_domain_access\//,
];

/** What decides how media of others are kept and shared, and who one is: a person agrees, whatever the body. */
export const ASKS: readonly RegExp[] = [
  /^(PUT|PATCH) \/settings\/v1\/(system|group|team|user)\//,
  /^(PUT|PATCH) \/users\/v1\/users\/current\/$/,
  /^POST \/assets\/v1\/projects\/\{project_id\}\/members\/$/,
  // The options and fields in the body replace those that are there: what is left out is gone for everybody.
  /^(PUT|PATCH) \/metadata\/v1\/(fields|views)\/\{\w+\}\/$/,
];

const COVER: Placing = {
  into: 'collection_id',
  by: ['keyframe_asset_ids', 'custom_keyframe', 'custom_poster'],
  brings: ['keyframe_asset_ids'],
};
const BOTH = ['collection_id', 'object_id'];
/** What comes into a collection: who has a share of it, or of one above it, then sees that. */
export const PLACES: readonly Rule<readonly Placing[]>[] = [
  [/^POST .*\/collections\/\{collection_id\}\/contents\/$/, [{ into: 'collection_id', brings: ['object_id'] }]],
  // Of these two the description does not say which of both collections is copied into the other.
  [/^POST .*\/collections\/\{collection_id\}\/subcollections\/$/, BOTH.map((into) => ({ into, brings: BOTH }))],
  [/^POST .*\/collections\/\{collection_id\}\/keyframes\/copy\/$/, [{ into: 'collection_id' }, { into: 'id' }]],
  [/^POST .*\/collections\/\{collection_id\}\/custom_keyframe\//, [{ into: 'collection_id' }]],
  [/^POST \/assets\/v1\/collections\/$/, [{ into: 'parent_id' }]],
  [
    /^(PUT|PATCH) \/assets\/v1\/collections\/\{collection_id\}\/$/,
    [{ into: 'parent_id', brings: ['collection_id'] }, COVER],
  ],
  [
    /^POST \/assets\/v1\/assets\/$|\/convert_to_collection\/$/,
    [{ into: 'collection_id', brings: ['original_asset_id'] }],
  ],
  [/^POST \/assets\/v1\/projects\/$/, [{ into: 'collection_parent_id' }]],
];

/** Deletes that no other call undoes, though nothing in their path says so. */
export const NO_WAY_BACK: readonly RegExp[] = [
  /^DELETE .*\/segments\/(bulk|\{segment_id\})\/$|^DELETE .*\/versions\/(old|\{version_id\})\/$/,
  /^DELETE \/files\/.*\/versions\/(all|\{version_id\})\//,
  /^DELETE \/files\/.*\/(keyframes|proxies|subtitles)\/\{\w+\}\/(cc\/)?$|^DELETE .*\/formats\/\{format_id\}\/archive\/$/,
  /^DELETE \/files\/.*\/files\/missing\/|^DELETE \/files\/v1\/storages\/\{storage_id\}\/(.*files\/)?$/,
  /^DELETE \/files\/v1\/storage_gateway(s|_clusters)\/|^DELETE .*\/portfolios\//,
  /^DELETE \/(metadata|search)\/v1\/(fields|views)\//,
  /^DELETE \/users\/v1\/(role_groups|teams)\/\{\w+\}\/$|^DELETE \/users\/v1\/users\/\{user_id\}\/$/,
  /^DELETE \/ml\/|\/merge\/\{new_person_id\}\//,
];

/** An answer that lets its holder in: an address to read from or write to, a token. */
export const CAPABILITY: readonly RegExp[] = [
  /\/(download_url|receipt_url|image_url|compose_url|isg_handler_url)\/$|\/multipart_url\/|\/token\/$/,
  /\/\{manifest_type\}\/|\/drm\/|\/magic_link\/validate\/|\/invite\/(register|token)\/|^POST \/files\/.*\/playlists\/\{\w+\}\/keyframes\/$/,
];
