/** An edit as an editing system reads it. Frames count from 00:00:00:00; an out is the frame behind the last. */
export interface ReadEdit {
  readonly reel: string;
  readonly channels: string;
  readonly source: readonly [number, number];
  readonly record: readonly [number, number];
  readonly clip: string;
  readonly comments: readonly string[];
}

export interface ReadEdl {
  readonly title: string;
  readonly drop: boolean;
  readonly edits: readonly ReadEdit[];
}

/** The frames from 00:00:00:00 to a timecode, found by counting the numbers that drop frame leaves out. */
function frames(label: string, nominal: number, drop: boolean): number {
  const match = /^(\d\d):([0-5]\d):([0-5]\d)([:;])(\d\d)$/.exec(label);
  if (!match) throw new Error(`"${label}" is no timecode`);
  const [hours, minutes, seconds] = match.slice(1, 4).map(Number) as [number, number, number];
  const frame = Number(match[5]);
  if (hours > 23 || frame >= nominal) throw new Error(`"${label}" is not in a day of ${nominal} frames a second`);
  if ((match[4] === ';') !== drop) throw new Error(`"${label}" is not of the frame code mode of the list`);
  const skipped = drop ? nominal / 15 : 0;
  if (seconds === 0 && minutes % 10 !== 0 && frame < skipped) throw new Error(`"${label}" is left out by drop frame`);
  let gone = 0;
  for (let minute = 1; minute <= hours * 60 + minutes; minute += 1) if (minute % 10 !== 0) gone += skipped;
  return ((hours * 60 + minutes) * 60 + seconds) * nominal + frame - gone;
}

const EVENT = /^(\d{3}) {2}([A-Z0-9_]{1,8}) +(A|B|V) +C +(\d\S{10}) (\d\S{10}) (\d\S{10}) (\d\S{10}) *$/;

/**
 * Reads an edit decision list of straight cuts from what CMX 3600 prescribes, with none of the writer's code. Throws for
 * anything that a strict system would refuse: numbers that do not go up by one, unequal lengths, a gap in the record.
 */
export function readEdl(text: string, nominal: number): ReadEdl {
  const [head = '', mode = '', ...lines] = text.split('\n');
  const title = /^TITLE: (.+)$/.exec(head)?.[1];
  const [, non] = /^FCM: (NON-)?DROP FRAME$/.exec(mode) ?? [mode];
  if (title === undefined) throw new Error('no title');
  if (non === mode) throw new Error('no frame code mode');
  const drop = non === undefined;
  const edits: (ReadEdit & { clip: string; comments: string[] })[] = [];
  for (const line of lines.filter(Boolean)) {
    const [, remark] = /^\* (.+)$/.exec(line) ?? [];
    const last = edits.at(-1);
    if (remark !== undefined && last) {
      const [, clip] = /^FROM CLIP NAME: (.+)$/.exec(remark) ?? [];
      if (clip === undefined) last.comments.push(remark);
      else if (last.clip) throw new Error(`two clips: ${line}`);
      else last.clip = clip;
      continue;
    }
    const event = EVENT.exec(line);
    if (!event) throw new Error(`neither an event nor a comment: ${line}`);
    const [number = '', reel = '', channels = '', ...times] = event.slice(1);
    if (Number(number) !== edits.length + 1) throw new Error(`event ${edits.length + 1} is numbered ${number}`);
    const [from = 0, to = 0, at = 0, end = 0] = times.map((label) => frames(label, nominal, drop));
    if (to - from !== end - at || to <= from) throw new Error(`lengths differ: ${line}`);
    if (last && last.record[1] !== at) throw new Error(`a gap before ${line}`);
    edits.push({ reel, channels, source: [from, to], record: [at, end], clip: '', comments: [] });
  }
  return { title, drop, edits };
}
