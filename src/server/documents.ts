import { LRUCache } from 'lru-cache';
import type { Attachment } from '../tools/types.ts';

export type Document = Extract<Attachment, { kind: 'document' }>;

/** Documents that are kept, and characters of all of them together. */
const MAX_DOCUMENTS = 50;
const MAX_CHARACTERS = 20_000_000;

/**
 * The documents of this session by their uri: some hosts show a model only the uri of what stands beside an answer, and
 * then read it as a resource. A newer document takes the place of an older one with the same uri.
 */
export interface Documents {
  keep(document: Document): void;
  get(uri: string): Document | undefined;
  /** `kept` hears of each document, for replicas. */
  watch(kept: (document: Document) => void): void;
}

export function createDocuments(): Documents {
  const kept = new LRUCache<string, Document>({
    max: MAX_DOCUMENTS,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: ({ text }) => text.length + 1,
  });
  let hear: ((document: Document) => void) | undefined;
  return {
    keep(document) {
      kept.set(document.uri, document);
      hear?.(document);
    },
    get: (uri) => kept.get(uri),
    watch(listener) {
      hear = listener;
    },
  };
}
