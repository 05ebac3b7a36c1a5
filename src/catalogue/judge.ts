import { EXCEPTIONS } from './exceptions.ts';
import { ACCESS, ASKS, byRule, CAPABILITY, EFFECTS, NEVER, NO_WAY_BACK, OUTBOUND, PLACES, WHOLESALE } from './rules.ts';
import type { CatalogueEffect, Judgement, Method } from './types.ts';

/** What an operation does by its method alone. */
export const BY_METHOD: Readonly<Record<Method, CatalogueEffect>> = {
  GET: 'read',
  POST: 'create',
  PUT: 'update',
  PATCH: 'update',
  DELETE: 'delete',
};

const exceptions = new Map(EXCEPTIONS.map(({ of, because: _, ...exception }) => [of, exception]));
const any = (rules: readonly RegExp[], operation: string): boolean => rules.some((rule) => rule.test(operation));

/** What an operation does, by its method and path. */
export function judge(operation: string, method: Method): Judgement {
  const own = exceptions.get(operation);
  const never = byRule(NEVER, operation);
  const purges = !never && operation.includes('/purge/');
  const effect =
    own?.effect ?? (never ? 'never' : purges ? 'purge' : (byRule(EFFECTS, operation) ?? BY_METHOD[method]));
  const refuse = never ?? (purges ? 'it empties the bin for good' : byRule(WHOLESALE, operation));
  const outbound = byRule(OUTBOUND, operation);
  const access = effect !== 'read' && any(ACCESS, operation);
  const judged = {
    effect,
    access,
    asks: effect === 'delete' || access || outbound !== undefined || any(ASKS, operation),
    noWayBack: any(NO_WAY_BACK, operation),
    byFilter: false,
    places: byRule(PLACES, operation) ?? [],
    capability: any(CAPABILITY, operation),
    secrets: /\/device_tokens\/|\/storage_gateway_clusters\//.test(operation),
    internal: /\/reindex\/|\/containers\/|\/device_tokens\//.test(operation),
    ...own,
  };
  return { ...judged, ...(refuse !== undefined && { refuse }), ...(outbound !== undefined && { outbound }) };
}
