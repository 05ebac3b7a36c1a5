import { connect } from 'node:net';

const HEAD_END = '\r\n\r\n';

/**
 * Sends POSTs over kept connections, each with one request at a time, and hands back the bodies. As thin as what drives
 * stdio: the client of `node:http` takes as long as a server, and on two cores it would be measured with it. It takes
 * answers with a length or in chunks, as JSON in one piece.
 */
export function thinHttp(address) {
  const { hostname, port, pathname } = new URL(address);
  const free = [];
  const all = new Set();
  const open = () => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    const connection = { socket, text: '', waiting: undefined };
    socket.setEncoding('latin1').on('data', (chunk) => {
      connection.text += chunk;
      const body = bodyOf(connection.text);
      if (body === undefined) return;
      connection.text = '';
      const { resolve } = connection.waiting;
      free.push(connection);
      resolve(Buffer.from(body, 'latin1').toString());
    });
    for (const end of ['error', 'close']) {
      socket.once(end, () => connection.waiting?.reject(new Error('the connection ended')));
    }
    all.add(socket);
    return connection;
  };
  return {
    post(headers, body) {
      const connection = free.pop() ?? open();
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      const head = `POST ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n${lines.join('')}`;
      return new Promise((resolve, reject) => {
        connection.waiting = { resolve, reject };
        connection.socket.write(`${head}Content-Length: ${Buffer.byteLength(body)}${HEAD_END}${body}`);
      });
    },
    close() {
      for (const socket of all) socket.destroy();
    },
  };
}

/** The body of an answer; undefined while it has not all come. */
function bodyOf(text) {
  const end = text.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const head = text.slice(0, end);
  const rest = text.slice(end + HEAD_END.length);
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (length !== undefined) return rest.length < Number(length) ? undefined : rest;
  return rest.endsWith('0\r\n\r\n') ? rest.replace(/(?:^|\r\n)[0-9a-f]+\r\n/g, '').trim() : undefined;
}
