import { ToolError } from '../../errors.ts';
import { channelsOf, type Facts, factText, wholeNumber } from '../media/tech.ts';
import type { Finding } from './masters.ts';

/** What is asked of sound: bits, kHz, and channels of all tracks together. */
export interface Sound {
  readonly bits?: number | undefined;
  readonly kiloHertz?: number | undefined;
  readonly channels?: number | undefined;
}

/** What people call a number of channels. */
const LAYOUTS: ReadonlyMap<string, number> = new Map([
  ['mono', 1],
  ['stereo', 2],
  ['5.1', 6],
  ['7.1', 8],
]);

const SOUND = { bits: 'bit', kiloHertz: 'khz', channels: 'ch' } as const;

/** Reads `24 bit 48 kHz 2 ch`. Throws `ToolError`. */
export function soundOf(wanted: string): Sound {
  const words = wanted.toLowerCase().replaceAll(',', ' ').replaceAll('-', ' ').split(' ').filter(Boolean);
  const amountOf = (unit: string): number | undefined => {
    const at = words.findIndex((word) => word.replace(/^[\d.]+/, '').startsWith(unit));
    const number = Number.parseFloat(words[at] ?? '') || Number.parseFloat(words[at - 1] ?? '');
    return at >= 0 && number > 0 ? number : undefined;
  };
  const sound = {
    bits: amountOf(SOUND.bits),
    kiloHertz: amountOf(SOUND.kiloHertz),
    // `5.1 ch` is a layout, not a number of channels.
    channels: words.map((word) => LAYOUTS.get(word)).find(Boolean) ?? amountOf(SOUND.channels),
  };
  if (Object.values(sound).some((one) => one !== undefined)) return sound;
  throw new ToolError(
    `audio: "${wanted}" cannot be read. Write what is asked for, e.g. 24 bit 48 kHz 2 ch, or stereo.`,
  );
}

/** What the audio tracks have of what is asked; undefined where they do not say and nothing differs. */
export function soundIn(tracks: readonly Facts[], asked: Sound): Finding | undefined {
  const bits = tracks.map((track) => wholeNumber(factText(track, 'bit_depth')));
  const rates = tracks.map((track) => kiloHertzOf(factText(track, 'sampling_rate')));
  const counts = tracks.map((track) => wholeNumber(channelsOf(track)));
  const total = counts.includes(undefined) ? undefined : counts.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  const facts = [
    { wanted: asked.bits, found: bits, unit: 'bit' },
    { wanted: asked.kiloHertz, found: rates, unit: 'kHz' },
    { wanted: asked.channels, found: [total], unit: 'ch' },
  ].filter(({ wanted }) => wanted !== undefined);
  const fails = facts.some(({ wanted, found }) => found.some((one) => one !== undefined && one !== wanted));
  if (!fails && facts.some(({ found }) => found.includes(undefined))) return undefined;
  const found = facts.map(({ found: all, unit }) => `${[...new Set(all)].map((one) => one ?? '?').join('+')} ${unit}`);
  return { found: found.join(' '), passes: !fails };
}

/** mediainfo may write 48000, or `48.0 kHz`. */
function kiloHertzOf(text: string | undefined): number | undefined {
  const value = Number.parseFloat(text ?? '');
  return Number.isNaN(value) ? undefined : value >= 1000 ? value / 1000 : value;
}
