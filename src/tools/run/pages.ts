interface Page<T> {
  readonly objects: readonly T[];
}

/** Objects of a page; the most that Iconik's lists of an asset give. */
const PAGE = 1_000;
/** Pages after which a list is taken to have no end. */
const MOST = 20;

/** All objects of a list that goes on behind the last id seen. */
export async function everyOne<T extends { readonly id?: string | undefined }>(
  ask: (paging: { readonly per_page: number; readonly last_id?: string }) => Promise<Page<T>>,
): Promise<T[]> {
  const found: T[] = [];
  let last_id: string | undefined;
  for (let page = 0; page < MOST; page += 1) {
    const { objects } = await ask({ per_page: PAGE, ...(last_id && { last_id }) });
    found.push(...objects);
    last_id = objects.at(-1)?.id;
    if (objects.length < PAGE || !last_id) break;
  }
  return found;
}

/** All objects of a list that goes by page numbers. */
export async function everyPage<T>(
  ask: (paging: { readonly per_page: number; readonly page: number }) => Promise<Page<T>>,
): Promise<T[]> {
  const found: T[] = [];
  for (let page = 1; page <= MOST; page += 1) {
    const { objects } = await ask({ per_page: PAGE, page });
    found.push(...objects);
    if (objects.length < PAGE) break;
  }
  return found;
}
