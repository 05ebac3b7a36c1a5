import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { ReadBuffer, serializeMessage } from '@modelcontextprotocol/sdk/shared/stdio.js';

const binary = resolve(import.meta.dirname, '../../dist/iconik-mcp.cjs');

/** The sandbox as a process of its own, which ends with this one however this one ends. */
export async function startSandbox(assets) {
  const follow = 'data:text/javascript,process.stdin.resume().once("end",()=>process.exit(0))';
  const args = ['--import', follow, binary, 'sandbox', '--port', '0', '--assets', String(assets)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  let text = '';
  for await (const chunk of child.stdout) {
    text += chunk;
    if (/ICONIK_AUTH_TOKEN=.*\n/.test(text)) break;
  }
  const env = Object.fromEntries([...text.matchAll(/^(ICONIK_\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
  const headers = { 'app-id': env.ICONIK_APP_ID, 'auth-token': env.ICONIK_AUTH_TOKEN };
  /** A direct call, past proxy and server. */
  const call = async (path, { method = 'GET', body } = {}) => {
    const response = await fetch(env.ICONIK_BASE_URL + path, {
      method,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`sandbox: ${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  /** Every object of a list, page by page. */
  const all = async (path) => {
    const objects = [];
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const answer = await call(`${path}?per_page=100&page=${page}`);
      pages = answer.pages;
      objects.push(...answer.objects);
    }
    return objects;
  };
  return { env, url: env.ICONIK_BASE_URL, call, all, stop: () => child.stdin.end() };
}

/** The built server as a host starts it, with the SDK's client. */
export async function startServer(env, flags) {
  const child = spawn(process.execPath, [binary, ...flags], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const said = { stderr: '', noise: [], strays: 0 };
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    said.stderr += chunk;
  });
  child.stdin.on('error', () => undefined);
  const client = new Client({ name: 'iconik-mcp-soak', version: '1' });
  // An answer to a call that was cancelled in the same moment is no fault, but worth counting.
  client.onerror = () => {
    said.strays += 1;
  };
  await client.connect(transport(child, said.noise));
  const { tools } = await client.listTools();
  return {
    said,
    tools,
    /** Throws where the protocol fails or `signal` fires. */
    call: (name, args, signal) => client.callTool({ name, arguments: args }, undefined, { signal, timeout: 60_000 }),
    rss: () => residentMegabytes(child.pid),
    files: () => openFiles(child.pid),
    /** Closes stdin as a host that goes away; answers how it ended and after how many milliseconds. */
    async leave(patience) {
      const began = performance.now();
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), patience);
      const [code, signal] = await exited;
      clearTimeout(timer);
      return { code: code ?? signal, ms: performance.now() - began };
    },
    kill: () => child.kill('SIGKILL'),
  };
}

function transport(child, noise) {
  const buffer = new ReadBuffer();
  const own = {
    async start() {
      child.stdout.on('data', (chunk) => {
        buffer.append(chunk);
        for (;;) {
          try {
            const message = buffer.readMessage();
            if (message === null) return;
            own.onmessage?.(message);
          } catch (error) {
            noise.push(error.message);
          }
        }
      });
      child.once('exit', () => own.onclose?.());
    },
    async send(message) {
      child.stdin.write(serializeMessage(message));
    },
    async close() {
      child.stdin.end();
    },
  };
  return own;
}

/** `undefined` where the system does not say (no /proc). */
function residentMegabytes(pid) {
  try {
    return (Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1_024) / 1e6;
  } catch {
    return undefined;
  }
}

function openFiles(pid) {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return undefined;
  }
}
