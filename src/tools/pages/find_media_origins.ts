import { task } from '../define.ts';
import { searchBody } from '../library/search.ts';
import { search } from '../operations/search.ts';
import { integer } from '../params.ts';

/** Assets whose proxies are looked at. */
const SAMPLE = 50;

export const find_media_origins = task({
  title: 'Find where media is',
  description: 'The origins of proxies, which a host has to know before it shows a page that plays them.',
  effect: 'read',
  listed: false,
  forPages: ['player'],
  roles: ['can_search'],
  input: {},
  output: { origins: integer },
  run: async (_, context) => {
    const { objects } = await context.use(search.tools.search_documents, {
      ...searchBody({ doc_types: ['assets'], terms: [{ name: 'media_type', value_in: ['video', 'audio'] }] }),
      include_fields: ['id', 'proxies'],
      per_page: SAMPLE,
      generate_signed_url: true,
      generate_signed_proxy_url: true,
    });
    const urls = objects.flatMap(({ proxies = [] }) => proxies.flatMap(({ url }) => url ?? []));
    const origins = [...new Set(urls.map(originOf))].filter((one) => one !== undefined);
    context.show({ kind: 'origins', origins });
    return { origins: origins.length };
  },
});

/** Only what a policy can name: no path, no wildcard. */
function originOf(url: string): string | undefined {
  const { origin, protocol } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? origin : undefined;
}
