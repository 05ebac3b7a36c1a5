/** Ids that never change, so that examples, demos and bug reports can name them. */
export const ids = {
  /** The long interview with transcript, comments and three versions: "Interview Jordan Reyes, Lisbon". */
  interview: 'a55e7001-5b1c-11ef-9c3a-0a580a3db916',
  /** Its versions, oldest first; the last is the current one. */
  interviewVersions: [
    'ae510001-5b1c-11ef-9c3a-0a580a3db916',
    'ae510002-5b1c-11ef-9c3a-0a580a3db916',
    'ae510003-5b1c-11ef-9c3a-0a580a3db916',
  ],
  /** A football match with goals as markers: "Matchday 12, Harbour City v Northgate, full match". */
  match: 'a55e7002-5b1c-11ef-9c3a-0a580a3db916',
  /** A drone shot on a GCS storage: "Drone, Old Harbour at sunrise". */
  drone: 'a55e7003-5b1c-11ef-9c3a-0a580a3db916',
  /** A placeholder with no file, format, proxy or metadata: everything about it is empty. */
  placeholder: 'a55e7004-5b1c-11ef-9c3a-0a580a3db916',
  /** A comment by a share guest on the interview, not yet ticked off. */
  comment: '5e900001-5b1c-11ef-9c3a-0a580a3db916',
  /** A marker on the match. */
  marker: '5e900002-5b1c-11ef-9c3a-0a580a3db916',
  /** The view "Editorial": description, people, keywords, shoot date, rating … */
  editorialView: '01e70001-5b1c-11ef-9c3a-0a580a3db916',
  /** The view "Rights": clearance (drop-down), rights expiry (date), territory … */
  rightsView: '01e70002-5b1c-11ef-9c3a-0a580a3db916',
  interviewProxy: '940c7001-5b1c-11ef-9c3a-0a580a3db916',
  interviewFormat: 'f0430001-5b1c-11ef-9c3a-0a580a3db916',
  interviewFileSet: 'f11e5001-5b1c-11ef-9c3a-0a580a3db916',
  interviewFile: 'f11e0001-5b1c-11ef-9c3a-0a580a3db916',
  /** S3, purpose FILES, the default. */
  s3Storage: '5704a901-5b1c-11ef-9c3a-0a580a3db916',
  /** S3, purpose PROXIES. */
  proxyStorage: '5704a902-5b1c-11ef-9c3a-0a580a3db916',
  /** GCS, purpose FILES. */
  gcsStorage: '5704a903-5b1c-11ef-9c3a-0a580a3db916',
  /** FILE: a storage gateway on premises. */
  gatewayStorage: '5704a904-5b1c-11ef-9c3a-0a580a3db916',
  /** A transcode under way. */
  runningJob: '10b00001-5b1c-11ef-9c3a-0a580a3db916',
  failedJob: '10b00002-5b1c-11ef-9c3a-0a580a3db916',
  /** "Matchday 12 highlights", under "Season 2025" under "Football". */
  highlights: 'c0110001-5b1c-11ef-9c3a-0a580a3db916',
  /** The hostile sample: a share guest's comment on the interview that tries to give orders. */
  hostileComment: '5e900003-5b1c-11ef-9c3a-0a580a3db916',
  /** The English transcription of the interview, and the Portuguese one. */
  transcription: '7a5c0001-5b1c-11ef-9c3a-0a580a3db916',
  transcriptionPortuguese: '7a5c0002-5b1c-11ef-9c3a-0a580a3db916',
  /** "Season trailer 2025", with five versions. */
  trailer: 'a55e7005-5b1c-11ef-9c3a-0a580a3db916',
  /** A clip at 23.976 that starts at 00:00:00:00: "The Breakwater, episode 1, master". */
  master: 'a55e7006-5b1c-11ef-9c3a-0a580a3db916',
  technicalView: '01e70003-5b1c-11ef-9c3a-0a580a3db916',
  sportsView: '01e70004-5b1c-11ef-9c3a-0a580a3db916',
  deliveryView: '01e70005-5b1c-11ef-9c3a-0a580a3db916',
  /** S3, purpose KEYFRAMES. */
  keyframeStorage: '5704a905-5b1c-11ef-9c3a-0a580a3db916',
  /** AZURE, purpose ARCHIVE. */
  archiveStorage: '5704a906-5b1c-11ef-9c3a-0a580a3db916',
  /** B2, purpose FILES: second copies; failing. */
  b2Storage: '5704a907-5b1c-11ef-9c3a-0a580a3db916',
  football: 'c0110002-5b1c-11ef-9c3a-0a580a3db916',
  season2025: 'c0110003-5b1c-11ef-9c3a-0a580a3db916',
  /** "2023 Season": hardly viewed any more. */
  season2023: 'c0110004-5b1c-11ef-9c3a-0a580a3db916',
  /** Clearance is Pending for some of what lies in it and under it. */
  springCampaign: 'c0110005-5b1c-11ef-9c3a-0a580a3db916',
  /** "Drone 2025": holds files with the same checksum. */
  drones2025: 'c0110006-5b1c-11ef-9c3a-0a580a3db916',
  /** "Deliverables Q4": masters, some off specification. */
  deliverables: 'c0110007-5b1c-11ef-9c3a-0a580a3db916',
  /** Jordan Reyes, as the face recognition knows him. */
  reyes: 'fe450001-5b1c-11ef-9c3a-0a580a3db916',
  /** Whose token the sandbox hands out. */
  me: '05e40001-5b1c-11ef-9c3a-0a580a3db916',
} as const;
