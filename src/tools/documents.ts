import { ToolError } from './errors.ts';
import type { Attachment, Context } from './types.ts';

/** Characters of a document: hosts refuse answers of a megabyte, and import_metadata takes no more. */
export const MAX_DOCUMENT_LENGTH = 700_000;

interface Made {
  /** What it is made of: `12 markers`. */
  readonly of: string;
  /** How to get a shorter one, as a sentence. */
  readonly advice?: string;
}

type Document = Omit<Extract<Attachment, { readonly kind: 'document' }>, 'kind'>;

/** Attaches a document. Throws `ToolError` for one that is too long. */
export function attachDocument(context: Context, document: Document, { of, advice }: Made): void {
  const { length } = document.text;
  if (length > MAX_DOCUMENT_LENGTH)
    throw new ToolError(
      [`${of} make a document of ${length} characters; the limit is ${MAX_DOCUMENT_LENGTH}.`, advice]
        .filter(Boolean)
        .join(' '),
    );
  context.attach({ kind: 'document', ...document });
}
