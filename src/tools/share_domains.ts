import { firstOf } from '../text/english.ts';
import { oneLine } from '../text/quote.ts';
import { ToolError } from './errors.ts';

/** Addresses that a refusal names. */
const MAX_NAMED = 5;
const MAX_ADDRESS_LENGTH = 80;

const domainOf = (address: string): string =>
  address
    .slice(address.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase();

/** Refuses guests whose address is of no domain of the list, each by name; an empty list allows all. Throws `ToolError`. */
export function checkGuests(addresses: readonly string[], domains: readonly string[]): void {
  const outside = domains.length === 0 ? [] : addresses.filter((one) => !domains.includes(domainOf(one)));
  if (outside.length === 0) return;
  const named = firstOf(outside, MAX_NAMED, (one) => oneLine(one, MAX_ADDRESS_LENGTH));
  throw new ToolError(
    `${named}: not allowed. This server shares with ${domains.join(', ')} only (--share-domains). Nothing was sent.`,
  );
}

/** Refuses links that work for whoever has them, where there is a list: nobody can say who gets them. Throws `ToolError`. */
export function checkLink(domains: readonly string[]): void {
  if (domains.length === 0) return;
  throw new ToolError(
    `A link for anyone is not allowed: this server shares with ${domains.join(', ')} only (--share-domains). Name the people by e-mail. Nothing was sent.`,
  );
}

/** Writes that let people in: shares, their guests, their list of allowed addresses, requests to approve. */
const SHARING = /^(?:POST|PUT|PATCH) \/assets\/v1\/.*\b(?:shares?|approvals)\//;

/** Refuses a request that would share with somebody outside of the list, before it is sent. Throws `ToolError`. */
export function checkSharing(route: string, body: Readonly<Record<string, unknown>>, domains: readonly string[]): void {
  if (domains.length === 0 || !SHARING.test(route)) return;
  if (/\/shares\/url\//.test(route) || body.share_by_url === true) checkLink(domains);
  const { emails, externals, email, value } = body;
  const given = [emails, externals, email, route.includes('/allowlist/') ? value : undefined].flat();
  checkGuests(
    given.filter((one) => typeof one === 'string'),
    domains,
  );
}
