import type { Account } from '../config/index.ts';
import type { Finding } from './finding.ts';
import type { Probe } from './probe.ts';

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)|ALTNAME|^ERR_(TLS|SSL)|EPROTO/;

/** Whether Iconik answers at all under its address. */
export function reachability({ baseUrl }: Account, answer: Probe): Finding {
  const check = 'Iconik';
  const { host } = new URL(baseUrl);
  if (!answer.answered) return { check, ok: false, ...unreachable(host, answer.cause) };
  const { status, headers, body } = answer;
  const type = headers.get('content-type')?.split(';')[0] ?? 'no content type';
  if (status >= 300 && status < 400)
    return {
      check,
      ok: false,
      found: `${host} answers with a redirect (HTTP ${status}): it is not the address of Iconik's API.`,
      advice: ADDRESS,
    };
  if (status >= 500)
    return {
      check,
      ok: false,
      found: `${host} answers with an error of its own (HTTP ${status}).`,
      advice: 'Try again in a few minutes, and look at the status page of Iconik.',
    };
  if (typeof body !== 'object' || body === null || status === 404)
    return {
      check,
      ok: false,
      found: `${host} answers, but not as Iconik does (HTTP ${status}, ${type}).`,
      advice: ADDRESS,
    };
  return { check, ok: true, found: `${host} answers.` };
}

const ADDRESS =
  'Set ICONIK_BASE_URL to scheme and host of your Iconik, or remove it for https://app.iconik.io. A sign-in page of a network may also answer in its place.';

/** Its name is right, so that a missing answer to it is the network's. */
const DEFAULT_HOST = 'app.iconik.io';

function unreachable(host: string, cause: string): Pick<Finding, 'found' | 'advice'> {
  if (cause === 'ENOTFOUND' && host !== DEFAULT_HOST)
    return {
      found: `There is no host ${host} (${cause}).`,
      advice: 'Check ICONIK_BASE_URL for a typing error, and whether this machine has a network and its name server.',
    };
  if (CERTIFICATE.test(cause))
    return {
      found: `The certificate of ${host} is not trusted (${cause}).`,
      advice:
        'If your network inspects encrypted traffic, set NODE_EXTRA_CA_CERTS to the file of its certificate. If the clock below is wrong, set it first.',
    };
  return {
    found: `${host} cannot be reached (${cause}).`,
    advice: `Check the network, the VPN and the firewall of this machine: it needs ${host} without a proxy.`,
  };
}

/** Whether Iconik takes the credentials, and whose they are. `program` is what starts this program in a terminal. */
export function credentials(answer: Probe, source: string, program: string): Finding {
  const check = 'Credentials';
  if (!answer.answered) return { check, ok: undefined, found: 'Not checked: there is no answer.' };
  const { status, body } = answer;
  if (status === 401 || status === 403)
    return {
      check,
      ok: false,
      found: `Iconik refuses the credentials of ${source} (HTTP ${status}).`,
      advice: `The token may be wrong, expired or of another App ID. Create a new one in Iconik (Admin > Settings > Application Tokens), and set ICONIK_APP_ID and ICONIK_AUTH_TOKEN, or run: ${program} connect`,
    };
  if (status === 429) return { check, ok: undefined, found: 'Not checked: Iconik takes no more requests now.' };
  if (status !== 200) return { check, ok: undefined, found: `Not checked: Iconik answers with HTTP ${status}.` };
  return { check, ok: true, found: `Iconik takes those of ${source}; they are of ${userIn(body)}.` };
}

function userIn(body: unknown): string {
  const { email, first_name: first, last_name: last, id } = body as Record<string, unknown>;
  const name = [first, last].filter((part) => typeof part === 'string' && part.trim()).join(' ');
  const words = name || [email, id].find((one) => typeof one === 'string') || 'a user without a name';
  // Whatever a name holds, it stays in its line.
  return String(words)
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .slice(0, 100);
}

/** How many requests Iconik still takes now. */
export function rateLeft(answer: Probe): Finding {
  const check = 'Rate';
  if (!answer.answered) return { check, ok: undefined, found: 'Not checked: there is no answer.' };
  const left = answer.headers.get('ratelimit-remaining') ?? answer.headers.get('x-ratelimit-remaining');
  if (answer.status === 429 || left?.trim() === '0')
    return {
      check,
      ok: false,
      found: 'Iconik takes no more requests of this user now.',
      advice:
        'Something else uses up its limit, about 50 requests a second: see what runs with this user, or lower --rate.',
    };
  if (left === null) return { check, ok: true, found: 'Iconik does not say how many requests are left.' };
  return { check, ok: true, found: `${left.replace(/[^\d,;= \w-]/g, '').slice(0, 40)} requests are left now.` };
}

/** Seconds by which a clock may differ: dates of Iconik are precise to one, and answers take their time. */
const MAX_DIFFERENCE = 60;

/** Whether our clock shows the time of Iconik's. */
export function clock(answer: Probe): Finding {
  const check = 'Clock';
  const date = answer.answered ? Date.parse(answer.headers.get('date') ?? '') : Number.NaN;
  if (!answer.answered || Number.isNaN(date))
    return { check, ok: undefined, found: 'Not checked: there is no answer with a date.' };
  const seconds = Math.round((answer.at - date) / 1_000);
  if (Math.abs(seconds) <= MAX_DIFFERENCE) return { check, ok: true, found: 'It shows the time of Iconik.' };
  return {
    check,
    ok: false,
    found: `The clock of this machine is ${duration(Math.abs(seconds))} ${seconds < 0 ? 'behind' : 'ahead'}.`,
    advice:
      'Switch on automatic time in the settings of this machine: tokens, certificates, uploads and words such as "today" depend on it.',
  };
}

const duration = (seconds: number): string => {
  const units = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
    ['second', 1],
  ] as const;
  const [unit, size] = units.find(([, length]) => seconds >= 2 * length) ?? (['second', 1] as const);
  return `${Math.round(seconds / size)} ${unit}s`;
};
