import type { IncomingMessage } from 'node:http';
import { failure, type Reply } from './endpoint.ts';
import { hostsOn } from './guards.ts';

/** `/metrics`, for a collector on this machine. */
export const metricsEndpoint =
  (text: () => string) =>
  async (request: IncomingMessage): Promise<Reply> => {
    const hosts = hostsOn(request.socket.localPort ?? 0, []);
    if (!hosts.has(request.headers.host ?? '')) return failure(403, 'This Host is not served here.');
    if (request.url !== '/metrics' || request.method !== 'GET') return failure(404, 'There is /metrics here.');
    return { status: 200, body: text() };
  };
