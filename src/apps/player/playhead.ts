/** Where the person is in the asset: milliseconds from the first frame. It moves with the media, where there are any. */
export interface Playhead {
  at(): number;
  /** Milliseconds; what the clip does not have becomes its beginning or end. */
  jump(to: number): void;
  toggle(): void;
  /** Follows an element that plays. */
  follow(media: HTMLMediaElement): void;
  /** Hears of each move, and of start and stop. */
  watch(hear: (at: number, isPlaying: boolean) => void): void;
  duration(): number;
}

/** Milliseconds by which a seek goes into the frame: its exact beginning may still show the one before. */
const INTO_FRAME = 2;

/** `known` is the duration of the asset, 0 where it is not known. */
export function createPlayhead(known: number): Playhead {
  const watchers: ((at: number, isPlaying: boolean) => void)[] = [];
  let media: HTMLMediaElement | undefined;
  let position = 0;
  const duration = (): number => known || Math.round((media?.duration || 0) * 1000);
  const isPlaying = (): boolean => media !== undefined && !media.paused && !media.ended;
  const tell = (): void => {
    for (const hear of watchers) hear(position, isPlaying());
  };
  const run = (): void => {
    if (!media || !isPlaying()) return;
    position = Math.max(0, Math.round(media.currentTime * 1000));
    tell();
    requestAnimationFrame(run);
  };
  return {
    at: () => position,
    duration,
    jump(to) {
      position = Math.round(Math.min(Math.max(to, 0), duration() || to));
      if (media) media.currentTime = (position + INTO_FRAME) / 1000;
      tell();
    },
    toggle() {
      if (!media) return;
      if (isPlaying()) media.pause();
      else void media.play().catch(() => undefined);
    },
    follow(element) {
      media = element;
      element.addEventListener('play', run);
      for (const event of ['pause', 'ended', 'loadedmetadata']) element.addEventListener(event, tell);
      element.addEventListener('loadedmetadata', () => {
        if (position > 0) element.currentTime = (position + INTO_FRAME) / 1000;
      });
    },
    watch: (hear) => void watchers.push(hear),
  };
}
