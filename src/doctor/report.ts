import type { Examination } from './finding.ts';

const MARKS = { true: 'ok ', false: 'not', undefined: '-  ' } as const;
/** Characters for the name of a check. */
const WIDTH = 19;

/** A line for each finding, and one below it on what to do. */
export function reportOf({ findings, ok }: Examination): string {
  const lines = findings.flatMap(({ check, ok: isOk, found, advice }) => [
    `${MARKS[`${isOk}`]} ${check.padEnd(WIDTH)}${found}`,
    ...(advice === undefined ? [] : [`${' '.repeat(4 + WIDTH)}→ ${advice}`]),
  ]);
  const wrong = findings.filter((one) => one.ok === false).length;
  const sum = ok ? 'Nothing is wrong.' : `${wrong} ${wrong === 1 ? 'line needs' : 'lines need'} something done.`;
  return `${[...lines, '', sum].join('\n')}\n`;
}
