import { expect, test } from 'vitest';
import { HOST_NAMES } from '../../src/config/index.ts';
import { initialized } from '../support/binary.ts';
import { newHome } from '../support/home.ts';
import { PUBLISHED, valuesIn } from './published.ts';

test.each(HOST_NAMES)('%s starts what it got, and lists the tools', async (name) => {
  const { file, place } = PUBLISHED[name];
  using home = newHome();
  expect(await home.run(['connect', '--host', name, '--sandbox', '--yes'])).toMatchObject({ code: 0 });
  const { command, args = [] } = valuesIn(file, home.read(file))[place[0]].iconik;
  const [program, ...rest] = [command].flat().concat(args);
  const host = await initialized({ command: program, args: rest, env: { HOME: home.path } });
  const { result } = await host.request('tools/list');
  expect(result.tools.length).toBeGreaterThan(40);
  host.child.stdin.end();
  expect(await host.exit).toBe(0);
  // The file was made for the server.
  expect(await home.run(['disconnect', '--yes'])).toMatchObject({ code: 0 });
  expect(home.has(file)).toBe(false);
});
