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
  /** An open comment by a share guest on the interview. */
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
  /** S3, purpose FILES, default. */
  s3Storage: '5704a901-5b1c-11ef-9c3a-0a580a3db916',
  /** S3, purpose PROXIES. */
  proxyStorage: '5704a902-5b1c-11ef-9c3a-0a580a3db916',
  /** GCS, purpose FILES. */
  gcsStorage: '5704a903-5b1c-11ef-9c3a-0a580a3db916',
  /** FILE: a storage gateway on premises. */
  gatewayStorage: '5704a904-5b1c-11ef-9c3a-0a580a3db916',
  /** A running transcode. */
  runningJob: '10b00001-5b1c-11ef-9c3a-0a580a3db916',
  failedJob: '10b00002-5b1c-11ef-9c3a-0a580a3db916',
  /** "Matchday 12 highlights", under "Season 2025" under "Football". */
  highlights: 'c0110001-5b1c-11ef-9c3a-0a580a3db916',
  /** A prompt injection: a share guest's comment on the interview that gives orders. */
  hostileComment: '5e900003-5b1c-11ef-9c3a-0a580a3db916',
  /** The English transcription of the interview, and the Portuguese one. */
  transcription: '7a5c0001-5b1c-11ef-9c3a-0a580a3db916',
  transcriptionPortuguese: '7a5c0002-5b1c-11ef-9c3a-0a580a3db916',
  /** "Season trailer 2025", with five versions. */
  trailer: 'a55e7005-5b1c-11ef-9c3a-0a580a3db916',
  /** 23.976 frames per second, starts at 00:00:00:00: "The Breakwater, episode 1, master". */
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
  /** "Spring Campaign": some of the assets in and under it have Clearance "Pending". */
  springCampaign: 'c0110005-5b1c-11ef-9c3a-0a580a3db916',
  /** "Drone 2025": holds files with the same checksum. */
  drones2025: 'c0110006-5b1c-11ef-9c3a-0a580a3db916',
  /** "Deliverables Q4": masters, some off specification. */
  deliverables: 'c0110007-5b1c-11ef-9c3a-0a580a3db916',
  /** The person id of Jordan Reyes in face recognition. */
  reyes: 'fe450001-5b1c-11ef-9c3a-0a580a3db916',
  /** 23.976, starts at 01:00:00:00, a keyframe every 30 seconds: "The Breakwater, episode 4, master". */
  hourClip: 'a55e7007-5b1c-11ef-9c3a-0a580a3db916',
  /** 29.97 drop frame, starts at 01:00:00;00, has open and checked comments: "Season film, grade 2". */
  grade: 'a55e7008-5b1c-11ef-9c3a-0a580a3db916',
  /** The caller may read it, not write it: "Trophy room, members only". */
  locked: 'a55e7009-5b1c-11ef-9c3a-0a580a3db916',
  /** The caller may not read it: "Board meeting, closed session". */
  hidden: 'a55e700a-5b1c-11ef-9c3a-0a580a3db916',
  /** Two assets with one title: "Sunset behind the cranes". */
  twins: ['a55e700b-5b1c-11ef-9c3a-0a580a3db916', 'a55e700c-5b1c-11ef-9c3a-0a580a3db916'],
  /** Two collections with one title: "Training", under "Season 2025" and under "2023 Season". */
  twinCollections: ['c0110022-5b1c-11ef-9c3a-0a580a3db916', 'c0110027-5b1c-11ef-9c3a-0a580a3db916'],
  /** An asset in the recycle bin, "Matchday 11, camera 3, duplicate ingest", and a collection there. */
  deleted: 'a55e700d-5b1c-11ef-9c3a-0a580a3db916',
  deletedCollection: 'c0110080-5b1c-11ef-9c3a-0a580a3db916',
  /** "Screening, Thursday", the project of "Spring Campaign", and the custom action "Send to playout". */
  playlist: '91a10001-5b1c-11ef-9c3a-0a580a3db916',
  project: '940ec001-5b1c-11ef-9c3a-0a580a3db916',
  customAction: 'ac710001-5b1c-11ef-9c3a-0a580a3db916',
  /** The job in which the AI proposed metadata for the interview. */
  proposalJob: '90b50201-5b1c-11ef-9c3a-0a580a3db916',
  /** A share of the interview, an expired share of the match, and a share of "Spring Campaign". */
  share: '54a9e001-5b1c-11ef-9c3a-0a580a3db916',
  expiredShare: '54a9e002-5b1c-11ef-9c3a-0a580a3db916',
  collectionShare: '54a9e003-5b1c-11ef-9c3a-0a580a3db916',
  /** The edge transcoder, which is offline, and the cloud transcoder. */
  edgeTranscoder: '7c0de001-5b1c-11ef-9c3a-0a580a3db916',
  cloudTranscoder: '7c0de002-5b1c-11ef-9c3a-0a580a3db916',
  /** An export location: "Broadcast playout". */
  playout: 'e4b0c001-5b1c-11ef-9c3a-0a580a3db916',
  /** A saved search: "Clearance pending". */
  savedSearch: '5a7ed001-5b1c-11ef-9c3a-0a580a3db916',
  /** The system domain that everything belongs to. */
  domain: 'd0a10001-5b1c-11ef-9c3a-0a580a3db916',
  /** The user of the sandbox's token. */
  me: '05e40001-5b1c-11ef-9c3a-0a580a3db916',
} as const;

/** Ids of assets that clients stumble over; only worlds with odd assets have them. */
export const oddIds = {
  /** Two English transcriptions of one version, the better one later: "Interview Sofia Marques, harbour pilot". */
  transcribedTwice: 'a55e7201-5b1c-11ef-9c3a-0a580a3db916',
  /** Its transcriptions, the older first. */
  transcriptions: ['7a5c0201-5b1c-11ef-9c3a-0a580a3db916', '7a5c0202-5b1c-11ef-9c3a-0a580a3db916'],
  /** Versions without numbers, the newest first: "Regatta opening titles". */
  unnumbered: 'a55e7202-5b1c-11ef-9c3a-0a580a3db916',
  /** Its versions, oldest first; the asset lists them in the opposite order. */
  unnumberedVersions: [
    'ae510201-5b1c-11ef-9c3a-0a580a3db916',
    'ae510202-5b1c-11ef-9c3a-0a580a3db916',
    'ae510203-5b1c-11ef-9c3a-0a580a3db916',
  ],
} as const;

/** Ids in worlds of `LARGE` assets and more. */
export const largeIds = {
  /** An hour of talk with 750 lines of transcript: "Interview Helena Duarte, the long version". */
  longInterview: 'a55e7101-5b1c-11ef-9c3a-0a580a3db916',
  longInterviewVersions: ['ae510101-5b1c-11ef-9c3a-0a580a3db916', 'ae510102-5b1c-11ef-9c3a-0a580a3db916'],
  longTranscription: '7a5c0101-5b1c-11ef-9c3a-0a580a3db916',
  longTranscriptionPortuguese: '7a5c0102-5b1c-11ef-9c3a-0a580a3db916',
  /** Transcription of the older version. */
  longTranscriptionDraft: '7a5c0103-5b1c-11ef-9c3a-0a580a3db916',
  /** A marker on one of the mentions of the climate. */
  climateMarker: '5e900101-5b1c-11ef-9c3a-0a580a3db916',
  /** The only interview of 2025 with Jordan Reyes that the caller may not write. */
  lockedReyes: 'a55e7102-5b1c-11ef-9c3a-0a580a3db916',
  /** Under "Spring Campaign", pending; the caller may not write it. */
  lockedSpring: 'a55e7103-5b1c-11ef-9c3a-0a580a3db916',
  /** "Matchday 14, camera cards": the clips of the log sheet. */
  cards: 'c0110101-5b1c-11ef-9c3a-0a580a3db916',
  /** "Programme masters": the last assets of the world, some off specification. */
  masters: 'c0110102-5b1c-11ef-9c3a-0a580a3db916',
} as const;
export const LARGE = 1000;
