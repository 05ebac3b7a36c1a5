// Files → an archive that is the same, byte by byte, wherever and whenever it is made: its checksum can be compared.
import { zipSync } from 'fflate';

/** The first moment that an archive can hold, in the time zone of the machine, which is what is written. */
const MODIFIED = new Date(1980, 0, 1);

/** `files` has the contents by path. */
export function pack(files) {
  const entries = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return zipSync(
    Object.fromEntries(
      entries.map(([path, contents]) => [
        path,
        // Unix permissions, as the official tool keeps them.
        [new Uint8Array(contents), { os: 3, attrs: (path.endsWith('.cjs') ? 0o755 : 0o644) << 16 }],
      ]),
    ),
    { level: 9, mtime: MODIFIED },
  );
}
