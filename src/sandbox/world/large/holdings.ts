import type { Row } from '../../types.ts';
import { isRow, rowsOf } from '../../values.ts';
import { createRandom, type Random } from '../build/random.ts';
import type { Archive } from '../build/types.ts';

type Some<T> = readonly [T, ...T[]];

/** Cameras by the `content_kind` that they are used for. */
const CAMERAS: Readonly<Record<string, Some<string>>> = {
  interview: ['Sony FX6', 'Canon C300 Mark III', 'ARRI Amira'],
  training: ['Sony FX6', 'Canon C300 Mark III', 'GoPro Hero 12'],
  match: ['Sony HDC-3500', 'Grass Valley LDX 150'],
  press_conference: ['Sony PXW-Z280', 'Canon C300 Mark III'],
  drone: ['DJI Mavic 3 Cine', 'DJI Inspire 3', 'DJI Air 3'],
  crowd: ['iPhone 15 Pro', 'Pixel 8 Pro', 'GoPro Hero 12'],
  still: ['Nikon Z8', 'Canon EOS R5'],
};
/** Kinds that are often ingested twice: the cards of drones, the clips that viewers send. */
const INGESTED_TWICE: readonly string[] = ['drone', 'crowd'];

/**
 * Gives the generated assets, those from `first` on, what questions about whole holdings need: different cameras, and
 * files that are there twice. Its random numbers are its own: everything else of the world stays the same.
 */
export function varyHoldings({ world }: Archive, first: number, seed: number): void {
  const random = createRandom(seed, '11f2');
  const valuesById = new Map(world.values.map((row) => [row.id, row]));
  const files = ofAssets(world.files);
  const formats = ofAssets(world.formats);
  const earlier = new Map<string, Ingest[]>();
  for (const { id } of world.assets.slice(first)) {
    const values = valuesById.get(`assets/${id}`)?.metadata_values;
    if (!isRow(values)) continue;
    const kind = String(firstValue(values.content_kind));
    setCamera(random, values, kind);
    if (!INGESTED_TWICE.includes(kind)) continue;
    const ingest = { files: files.get(id) ?? [], formats: formats.get(id) ?? [] };
    const same = earlier.get(kind) ?? [];
    const original = random.chance(0.12) ? same.at(-random.int(1, 20)) : undefined;
    if (original && durationOf(original) >= durationOf(ingest)) copyMedia(original, ingest);
    earlier.set(kind, [...same.slice(-40), ingest]);
  }
}

interface Ingest {
  readonly files: readonly Row[];
  readonly formats: readonly Row[];
}

function ofAssets(rows: readonly Row[]): Map<unknown, Row[]> {
  const grouped = new Map<unknown, Row[]>();
  for (const row of rows) {
    const group = grouped.get(row.asset_id);
    if (group) group.push(row);
    else grouped.set(row.asset_id, [row]);
  }
  return grouped;
}

const firstValue = (entry: unknown): unknown => (isRow(entry) ? rowsOf(entry.field_values)[0]?.value : undefined);

/** One in nine has no camera in its metadata. */
function setCamera(random: Random, values: Row, kind: string): void {
  const cameras = CAMERAS[kind];
  if (!cameras) return;
  const camera = random.pick(cameras);
  if (random.chance(1 / 9)) delete values.camera_model;
  else values.camera_model = { field_values: [{ value: camera }] };
}

const technical = ({ formats }: Ingest): Row[] =>
  formats.flatMap((format) => [
    ...rowsOf(format.metadata),
    ...rowsOf(format.components).flatMap(({ metadata }) => (isRow(metadata) ? [metadata] : [])),
  ]);

const durationOf = (ingest: Ingest): number => Number(technical(ingest)[0]?.duration);

/** Makes the media of `to` those of `from`, byte by byte; the names stay. */
function copyMedia(from: Ingest, to: Ingest): void {
  const [file] = from.files;
  for (const row of to.files) Object.assign(row, { size: file?.size, checksum: file?.checksum });
  for (const metadata of technical(to)) {
    metadata.duration = technical(from)[0]?.duration;
    if ('file_size' in metadata) metadata.file_size = String(file?.size);
  }
}
