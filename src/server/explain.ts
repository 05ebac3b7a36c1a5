import { type FailureCode, IconikError } from '../client/errors.ts';
import { UnsafePathError } from '../client/route.ts';
import { MediaError } from '../media/errors.ts';
import { StateGone } from '../state/types.ts';
import { oneLine } from '../text/quote.ts';
import { HandleGiven, ToolError } from '../tools/errors.ts';
import type { Tool } from '../tools/types.ts';
import { ArgumentError } from './arguments.ts';

/**
 * A failed call in one or two sentences: what failed, what Iconik says, what to do next. `written` is the number of
 * changes sent before the failure, `missing` what could be learnt of what was not found.
 */
export function explain(name: string, tool: Tool, error: unknown, { written = 0, missing }: Learnt = {}): string {
  const before = isAccepted(error) ? written - 1 : written;
  const changesBefore =
    before > 0 && !(error instanceof IconikError && error.outcomeUnknown)
      ? ` Outcome unknown: ${before === 1 ? 'a change was' : `${before} changes were`} sent before that. Check the result before you repeat the call.`
      : '';
  return `${explainError(name, tool, error, missing)}${changesBefore}`;
}

/** Whether the change that failed was made, and only the rest of its answer is lost. */
const isAccepted = (error: unknown): boolean =>
  error instanceof IconikError && error.status !== undefined && error.status < 300 && LOST.has(error.code);
const LOST = new Set<FailureCode>(['timeout', 'network']);

interface Learnt {
  readonly written?: number;
  readonly missing?: string | undefined;
}

function explainError(name: string, tool: Tool, error: unknown, missing: string | undefined): string {
  if (error instanceof ArgumentError) return `${name}: ${oneLine(error.message, MAX_MESSAGE)}`;
  if (error instanceof UnsafePathError)
    return `${name}: ${oneLine(error.message, MAX_MESSAGE)}. Nothing was sent. Give the id as Iconik shows it.`;
  if (error instanceof HandleGiven)
    return `${name} failed: ${asSentence(`${error.message}${insteadOf(name, tool, error)}`)}`;
  if (error instanceof ToolError || error instanceof MediaError || error instanceof StateGone)
    return `${name} failed: ${asSentence(error.message)}`;
  if (GONE.includes((error as NodeJS.ErrnoException | undefined)?.code ?? ''))
    return `${name} failed: a part of this server is not there any more. If it was updated or removed while it ran, restart it.`;
  if (!(error instanceof IconikError)) {
    const nextStep = tool.effect === 'read' ? 'Other tools still work.' : 'Read the object before you repeat the call.';
    return `${name} failed because of a bug in this server, not your arguments. ${nextStep}`;
  }
  const attempts = error.attempts > 1 ? ` after ${error.attempts} attempts` : '';
  const request = error.requestId ? ` (request ${error.requestId})` : '';
  const head = sentence(
    `${name} failed${attempts}: ${oneLine(error.message, MAX_MESSAGE).replace(/\.$/, '')}${request}`,
  );
  const iconikSays = error.messages.length > 0 && `Iconik says: ${asSentence(error.messages.join('; '))}`;
  return [head, iconikSays, unknownOutcome(error), missing ?? nextStep(tool, error)].filter(Boolean).join(' ');
}

/** Of files: tools load parts of themselves when they are first needed, and read no others. */
const GONE = ['ERR_MODULE_NOT_FOUND', 'ENOENT'];

/** Where a handle belongs: in the argument of this tool that takes it, or in another tool. */
function insteadOf(name: string, { input }: Tool, { handle, argument }: HandleGiven): string {
  if (argument in input.shape) return `. Give it as ${argument}: "${handle}", in place of that.`;
  const lists = argument === 'selection' ? ` read_metadata {"selection": "${handle}"} lists what is in it.` : '';
  return `, and ${name} takes no ${argument}: give an id, web address or title.${lists}`;
}

/** Any other error is a bug of ours: its text may hold anything, so neither the host nor the log gets it. */
export const isForeseen = (error: unknown): boolean =>
  [ArgumentError, ToolError, MediaError, UnsafePathError, IconikError, StateGone].some((kind) => error instanceof kind);

export const kindOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

/** Characters of what an error says; what to do next comes behind. */
const MAX_MESSAGE = 4_000;

/** A message may quote texts of the library: it comes without what cannot be seen, in one line. */
const asSentence = (message: string): string => sentence(oneLine(message, MAX_MESSAGE));

const sentence = (message: string): string => (/[.!?]$/.test(message) ? message : `${message}.`);

function unknownOutcome(error: IconikError): string {
  if (!error.outcomeUnknown) return '';
  return 'Outcome unknown: the change may or may not have happened. Read the object before you repeat the call.';
}

const CREDENTIALS =
  'Iconik refused the credentials: check ICONIK_APP_ID and ICONIK_AUTH_TOKEN (Admin > Settings > Application Tokens)';

/** Iconik does not tell wrong credentials and missing rights apart reliably by 401 and 403: errors name both. */
const rightsOf = ({ roles }: Tool): string =>
  roles.length > 0
    ? `the token's user lacks a role (this needs ${roles.join(' and ')}) or access to this object`
    : "the token's user is not allowed to do this";

/** For an answer, some of whose writes Iconik refused with 403. */
export const refusalNote = (tool: Tool): string => `403: ${rightsOf(tool)}. An Iconik administrator can grant it.`;

function nextStep(tool: Tool, error: IconikError): string {
  switch (error.status) {
    case 400:
      return 'Correct the argument that Iconik names and call again.';
    case 401:
      return `${CREDENTIALS}, and that no proxy adds an Authorization header. Iconik may also mean that ${rightsOf(tool)}.`;
    case 403:
      return `Either ${rightsOf(tool)}: an Iconik administrator can grant it. Or Iconik refused the credentials: check ICONIK_APP_ID and ICONIK_AUTH_TOKEN.`;
    case 404:
      return 'The object does not exist, or this user cannot see it. Check the id.';
    case 409:
      return 'The object is busy or already exists: read it, then decide.';
    case 413:
      return 'Send less in one call.';
    case 422:
      return 'Correct the values and call again.';
    case 501:
      return 'Nothing was done: this server does not have the operation, with any arguments.';
  }
  return isAccepted(error) ? '' : (NEXT_STEP[error.code]?.(error) ?? '');
}

const NEXT_STEP: Partial<Record<FailureCode, (error: IconikError) => string>> = {
  throttled: (error) =>
    error.retryAfterSeconds === undefined
      ? 'Iconik limits the request rate: wait a few seconds and call again.'
      : `Iconik limits the request rate: call again in ${error.retryAfterSeconds} s.`,
  upstream: (error) => (error.retryable ? 'Iconik has a temporary problem: call again later.' : ''),
  timeout: (error) => (error.outcomeUnknown ? '' : 'Call again, or ask for less in one call.'),
  network: (error) => (error.outcomeUnknown ? '' : 'Check the network and ICONIK_BASE_URL, then call again.'),
  unreadable: () => 'Check that ICONIK_BASE_URL is the URL of an Iconik server, without a path.',
};
