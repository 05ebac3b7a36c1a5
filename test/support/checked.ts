import { requestOf, type Sandbox } from '../../src/sandbox/index.ts';
import { type Deviation, deviationsOf } from '../contract/answers.ts';
import { isExplained } from '../contract/deviations.ts';

/** What the answers of sandboxes since the last look had that no description allows and no reason explains. */
const unexplained: Deviation[] = [];
export const takeUnexplained = (): Deviation[] => unexplained.splice(0);

/** The sandbox, each of whose answers is held against both descriptions; so are those of its forks. */
export function checked(sandbox: Sandbox): Sandbox {
  return {
    ...sandbox,
    async fetch(input, init) {
      const request = requestOf(input, init);
      const response = await sandbox.fetch(request);
      const { pathname } = new URL(request.url);
      if (!pathname.startsWith('/API/')) return response;
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.startsWith('application/json');
      const body = text === '' ? undefined : isJson ? JSON.parse(text) : text;
      const found = deviationsOf(request.method, pathname, response.status, body);
      unexplained.push(...found.filter((one) => !isExplained(one)));
      const { status, headers } = response;
      return new Response(text === '' ? null : text, { status, headers });
    },
    fork: (options) => checked(sandbox.fork(options)),
  };
}
