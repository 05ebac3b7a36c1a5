import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { FileRefused } from './form.ts';

/** A configuration as it was read. */
export interface Read {
  /** Where it is once symbolic links are followed. */
  readonly path: string;
  /** `undefined`: there is no such file. */
  readonly text: string | undefined;
  /** Permissions; those of a new file where there is none. */
  readonly mode: number;
}

/** Of a new file, and of every file with a secret in it. */
const OWNER_ONLY = 0o600;

/** Whether others on this machine may read a file of this mode. */
export const isOpen = (mode: number): boolean => process.platform !== 'win32' && (mode & 0o077) !== 0;

/** Reads a configuration. Throws `FileRefused` where it is there and cannot be read. */
export function readConfiguration(name: string): Read {
  let path = name;
  try {
    path = followed(name);
    const text = readFileSync(path, 'utf8');
    return { path, text, mode: statSync(path).mode & 0o777 };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { path, text: undefined, mode: OWNER_ONLY };
    throw new FileRefused(`cannot be read (${code})`);
  }
}

/** The path behind symbolic links, also of a file that is not there yet. */
function followed(name: string, depth = 0): string {
  try {
    return realpathSync(name);
  } catch {
    const link = lstatSync(name, { throwIfNoEntry: false });
    if (!link?.isSymbolicLink() || depth > 8) return name;
    return followed(resolve(dirname(name), readlinkSync(name)), depth + 1);
  }
}

export const backupOf = (path: string): string => `${path}.iconik-backup`;

export interface Writing {
  readonly isSecret: boolean;
  readonly backup: boolean;
}

/**
 * Writes a configuration in one piece, `undefined` removes it. What was there before goes into a file beside it, which only
 * its owner reads. Throws `FileRefused` where it changed since it was read.
 */
export function writeConfiguration(read: Read, text: string | undefined, { isSecret, backup }: Writing): void {
  const mode = isSecret && isOpen(read.mode) ? OWNER_ONLY : read.mode;
  try {
    mkdirSync(dirname(read.path), { recursive: true, mode: 0o700 });
    if (readConfiguration(read.path).text !== read.text)
      throw new FileRefused('was changed by another program meanwhile; run the command again');
    if (backup && read.text !== undefined) put(backupOf(read.path), read.text, read.mode & 0o600);
    if (text === undefined) rmSync(read.path);
    else put(read.path, text, mode);
  } catch (error) {
    if (error instanceof FileRefused) throw error;
    throw new FileRefused(`cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
}

export const removeFile = (path: string): void => rmSync(path, { force: true });

function put(path: string, text: string, mode: number): void {
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}`);
  const file = openSync(draft, 'wx', mode);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
    closeSync(file);
    // What the process may not give by its mask is given here.
    chmodSync(draft, mode);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
