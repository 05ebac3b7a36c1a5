import { describe, expect, test } from 'vitest';
import { issuer } from '../support/issuer.ts';
import { team } from '../support/team.ts';
import { ids } from '../support/world.ts';

const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe('who runs the server', () => {
  test('finds one line for each write, with who did it and the trace that it is part of', async () => {
    await using provider = await issuer();
    await using served = await team({ argv: provider.argv });
    const authorization = `Bearer ${await provider.token({ sub: 'ann@example.com' })}`;
    const write = async (at: string, headers: Readonly<Record<string, string>>) =>
      expect(
        (await served.call('annotate_asset', { asset: ids.match, items: [`${at} Corner`] }, headers)).isError,
      ).toBe(false);
    await write('12:04', { authorization, traceparent: TRACE });
    await write('12:30', { authorization });
    const lines = served.lines.map((line) => JSON.parse(line)).filter(({ audit }) => audit);
    const who = { tool: 'annotate_asset', subject: 'ann@example.com' };
    expect(lines).toEqual([expect.objectContaining({ ...who, traceparent: TRACE }), expect.objectContaining(who)]);
    expect(lines[1]).not.toHaveProperty('traceparent');
  });

  test('sees counts by tool and outcome, the time they took, and how many callers there are', async () => {
    await using served = await team({ argv: ['--metrics-port', '0'] });
    await served.call('find_assets', { words: 'drone', limit: 1 });
    await served.call('get_asset', { asset_id: 'nothing' });
    await served.call('made_up{x="1"}', {});
    await served.post('{');
    const text = await (await fetch(served.metricsUrl ?? '')).text();
    expect(text).toContain('iconik_mcp_calls_total{tool="find_assets",outcome="ok"} 1\n');
    expect(text).toContain('iconik_mcp_calls_total{tool="get_asset",outcome="error"} 1\n');
    expect(text).toContain('iconik_mcp_calls_total{tool="unknown",outcome="error"} 1\n');
    expect(text).toContain('iconik_mcp_http_requests_total{status="400"} 1\n');
    expect(text).toMatch(/iconik_mcp_call_seconds_bucket\{le="\+Inf"\} 3\n/);
    expect(text).toContain('iconik_mcp_tenants 1\n');
    const lines = text.trimEnd().split('\n');
    expect(
      lines.filter((line) => !/^(# (HELP|TYPE) .*|[a-z_]+(\{[^{}]*\})? \d+(\.\d+)?(e-?\d+)?)$/.test(line)),
    ).toEqual([]);
  });
});
