import { type FailureCode, IconikError } from '../client/errors.ts';
import { UnsafePathError } from '../client/route.ts';
import { MediaError } from '../media/errors.ts';
import { clean } from '../text/clean.ts';
import { ToolError } from '../tools/errors.ts';
import type { Tool } from '../tools/types.ts';
import { ArgumentError } from './arguments.ts';

/**
 * A failed call as one or two sentences: what failed, what Iconik said, what to do next. `written`: changes that were
 * sent before it failed.
 */
export function explain(name: string, tool: Tool, error: unknown, written = 0): string {
  const sentBefore =
    written > 0 && !(error instanceof IconikError && error.outcomeUnknown)
      ? ` Outcome unknown: ${written === 1 ? 'a change was' : `${written} changes were`} sent before that. Look before you repeat the call.`
      : '';
  return `${explained(name, tool, error)}${sentBefore}`;
}

function explained(name: string, tool: Tool, error: unknown): string {
  if (error instanceof ArgumentError) return `${name}: ${error.message}`;
  if (error instanceof UnsafePathError)
    return `${name}: ${error.message}. Nothing was sent. Give the id as Iconik shows it.`;
  if (error instanceof ToolError || error instanceof MediaError) return `${name} failed: ${sentence(error.message)}`;
  if (!(error instanceof IconikError)) {
    return `${name} failed by a mistake in this server. ${tool.effect === 'read' ? 'Other calls still work.' : 'Read the object before you repeat the call.'}`;
  }
  const said = error.messages.length > 0 ? ` Iconik says: ${clean(error.messages.join('; '))}.` : '';
  const id = error.requestId ? ` (request ${error.requestId})` : '';
  const tries = error.attempts > 1 ? ` after ${error.attempts} attempts` : '';
  const head = `${name} failed${tries}: ${sentence(error.message)}${id}`;
  return [head + said.replace(/\.\.$/, '.'), unknownOutcome(error), next(tool, error)].filter(Boolean).join(' ');
}

/** Anything else is a mistake of ours: its text may hold anything, so neither the host nor the log gets it. */
export const isForeseen = (error: unknown): boolean =>
  [ArgumentError, ToolError, MediaError, UnsafePathError, IconikError].some((kind) => error instanceof kind);

export const kindOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

const sentence = (message: string): string => (/[.!?]$/.test(message) ? message : `${message}.`);

function unknownOutcome(error: IconikError): string {
  if (!error.outcomeUnknown) return '';
  return 'Outcome unknown: the change may or may not have happened. Read the object before you repeat the call.';
}

function next(tool: Tool, error: IconikError): string {
  switch (error.status) {
    case 400:
      return 'Correct the argument that is named and call again.';
    case 401:
      return 'The credentials were refused: check ICONIK_APP_ID and ICONIK_AUTH_TOKEN (Admin > Settings > Application Tokens).';
    case 403:
      return tool.roles.length > 0
        ? `The token's user lacks a role (this needs ${tool.roles.join(' and ')}) or access to this object: an Iconik administrator can grant it.`
        : "The token's user may not do this: an Iconik administrator can grant it.";
    case 404:
      return 'There is no such object, or the user may not see it: check the id, e.g. with search.';
    case 409:
      return 'The object is busy or already there: read it, then decide.';
    case 413:
      return 'Send less at once.';
    case 422:
      return 'Correct the values and call again.';
  }
  return NEXT[error.code]?.(error) ?? '';
}

const NEXT: Partial<Record<FailureCode, (error: IconikError) => string>> = {
  throttled: (error) =>
    error.retryAfterSeconds === undefined
      ? 'Iconik limits the rate: wait some seconds and call again.'
      : `Iconik limits the rate: call again in ${error.retryAfterSeconds} s.`,
  upstream: (error) => (error.retryable ? 'Iconik has a problem: call again later.' : ''),
  timeout: (error) => (error.outcomeUnknown ? '' : 'Call again, or ask for less at once.'),
  network: (error) => (error.outcomeUnknown ? '' : 'Check the network and ICONIK_BASE_URL, then call again.'),
  unreadable: () => 'Check that ICONIK_BASE_URL is the address of an Iconik, without a path.',
};
