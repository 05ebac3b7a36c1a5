import { createHash } from 'node:crypto';
import type { Store } from '../types.ts';
import type { Address } from './address.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

export interface Part {
  readonly bytes: Bytes;
  readonly etag: string;
}
/** An S3 multipart upload in progress. */
export interface Upload {
  readonly address: Address;
  readonly parts: Map<number, Part>;
}
/** A GCS resumable upload. */
export interface Session {
  readonly address: Address;
  readonly chunks: Bytes[];
  done: boolean;
}
/** The objects on the storages of one sandbox; null: the object does not exist. */
export interface Objects {
  readonly bytes: Map<string, Bytes | null>;
  readonly uploads: Map<string, Upload>;
  readonly sessions: Map<string, Session>;
}

const byStore = new WeakMap<Store, Objects>();

export function objectsOf(store: Store): Objects {
  const known = byStore.get(store);
  if (known) return known;
  const objects: Objects = { bytes: new Map(), uploads: new Map(), sessions: new Map() };
  byStore.set(store, objects);
  return objects;
}

export const objectName = ({ service, bucket, key }: Address): string => `${service}://${bucket}/${key}`;

/** Removes the object; it does not exist until it is uploaded. */
export function removeObject(store: Store, address: Address | undefined): void {
  if (address) objectsOf(store).bytes.set(objectName(address), null);
}

/** Size of an uploaded object, in bytes. */
export function sizeOf(store: Store, address: Address | undefined): number | undefined {
  return address && objectsOf(store).bytes.get(objectName(address))?.byteLength;
}

export function joined(pieces: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}

export const md5 = (bytes: Bytes | Buffer): string => createHash('md5').update(bytes).digest('hex');
