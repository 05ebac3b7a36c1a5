import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Env } from '../config/index.ts';

/** The machine and the user whose hosts are meant. */
export interface Place {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly env: Env;
  exists(path: string): boolean;
}

export const placeOf = (home: string, env: Env): Place => ({
  platform: process.platform,
  home,
  env,
  exists: existsSync,
});

/** The path of a program that a shell would start by this name; `undefined` where there is none. */
export function programOnPath({ platform, env }: Place, name: string): string | undefined {
  const endings = platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending))).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
