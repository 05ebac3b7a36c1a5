import type { Sandbox } from '../../src/sandbox/index.ts';
import type { Row } from '../../src/sandbox/types.ts';

export interface Answer {
  readonly status: number;
  readonly body: Row;
}

/** Asks a sandbox: `GET /assets/v1/assets/` means `GET /API/assets/v1/assets/`. */
export async function ask(
  sandbox: Sandbox,
  route: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const [, method = '', path = ''] = /^(\w+) (.*)$/.exec(route) ?? [];
  const response = await sandbox.fetch(`${sandbox.origin}/API${path}`, {
    method,
    headers: {
      'app-id': sandbox.appId,
      'auth-token': sandbox.authToken,
      'content-type': 'application/json',
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
}

export const rows = (value: unknown): Row[] => (Array.isArray(value) ? value : []);
export const idsIn = ({ body }: Answer): unknown[] => rows(body.objects).map(({ id }) => id);
