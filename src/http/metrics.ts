/** Counts what operators watch, and writes it in the text format of Prometheus (version 0.0.4). */
export interface Metrics {
  called(tool: string, outcome: Outcome, seconds: number): void;
  answered(status: number): void;
  throttled(): void;
  text(gauges: Readonly<Record<string, number>>): string;
}

export type Outcome = 'ok' | 'error';

/** Seconds. */
const BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 45];

export function createMetrics(): Metrics {
  const calls = new Map<string, number>();
  const requests = new Map<string, number>();
  const within = BUCKETS.map(() => 0);
  let [count, sum, throttled] = [0, 0, 0];
  const add = (counts: Map<string, number>, labels: string): void =>
    void counts.set(labels, (counts.get(labels) ?? 0) + 1);
  return {
    called(tool, outcome, seconds) {
      add(calls, `tool="${tool}",outcome="${outcome}"`);
      count += 1;
      sum += seconds;
      for (const [index, limit] of BUCKETS.entries()) if (seconds <= limit) within[index] = (within[index] ?? 0) + 1;
    },
    answered: (status) => add(requests, `status="${status}"`),
    throttled() {
      throttled += 1;
    },
    text: (gauges) =>
      [
        ...metric('calls_total', 'counter', 'Tool calls by outcome.', [...calls]),
        ...metric('http_requests_total', 'counter', 'Requests to the endpoint by status.', [...requests]),
        ...metric('upstream_throttled_total', 'counter', 'Answers 429 from Iconik.', [['', throttled]]),
        ...histogram(within, count, sum),
        ...Object.entries(gauges).flatMap(([name, value]) => metric(name, 'gauge', '', [['', value]])),
        '',
      ].join('\n'),
  };
}

const PREFIX = 'iconik_mcp_';

function metric(name: string, type: string, help: string, values: readonly (readonly [string, number])[]): string[] {
  const rows = values.map(([labels, value]) => `${PREFIX}${name}${labels && `{${labels}}`} ${value}`);
  return [...(help === '' ? [] : [`# HELP ${PREFIX}${name} ${help}`]), `# TYPE ${PREFIX}${name} ${type}`, ...rows];
}

function histogram(within: readonly number[], count: number, sum: number): string[] {
  const name = `${PREFIX}call_seconds`;
  return [
    `# HELP ${name} Time of a tool call.`,
    `# TYPE ${name} histogram`,
    ...within.map((value, index) => `${name}_bucket{le="${BUCKETS[index]}"} ${value}`),
    `${name}_bucket{le="+Inf"} ${count}`,
    `${name}_sum ${sum}`,
    `${name}_count ${count}`,
  ];
}
