import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';

/** What is answered to one question. */
export interface HttpAnswer {
  readonly status: number;
  readonly type: 'text/html' | 'application/json' | 'text/plain';
  readonly body: string;
  /** The name of the file that a browser saves it as. */
  readonly attachment?: string;
}

/** The answers of a server: by path, to the parameters of the query. There are no others. */
export type Routes = ReadonlyMap<string, (query: URLSearchParams) => HttpAnswer>;

/** What every answer says: it is for this site alone, in no frame, and never kept. */
const headers: OutgoingHttpHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** A longer address is not read. (Node.js itself reads 16 KiB of headers and no more.) */
const maxUrl = 8_000;

const refusal = (status: number, body: string): HttpAnswer => ({ status, type: 'text/plain', body: `${body}\n` });

/**
 * Serves some answers on the loopback interface. Other sites open in the same browser are kept out: names that they may
 * have pointed here (DNS rebinding) by the Host header, their scripts by Origin and Sec-Fetch-Site. Nothing can be
 * changed by asking: there is GET (and HEAD) alone, without a body. @throws (by the promise) if the port is taken
 */
export async function serveLocally(
  routes: Routes,
  wantedPort: number,
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  let port = wantedPort;
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 10_000 }, (request, response) => {
    send(request, response, answerTo(request, port, routes));
  });
  port = await listen(server, wantedPort);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port, close };
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address !== 'object' || address === null) throw new Error('a server that listens has an address');
      resolve(address.port);
    });
  });

function answerTo(request: IncomingMessage, port: number, routes: Routes): HttpAnswer {
  const { method, url = '/', headers: asked } = request;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!hosts.includes(asked.host?.toLowerCase() ?? '')) return refusal(421, 'this server is known by no such name');
  if (method !== 'GET' && method !== 'HEAD') return refusal(405, 'nothing but GET is answered');
  if (asked['transfer-encoding'] !== undefined || Number(asked['content-length'] ?? 0) !== 0)
    return refusal(413, 'no body is read');
  if (url.length > maxUrl) return refusal(414, 'the address is too long');
  const origin = asked.origin;
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`))
    return refusal(403, 'other sites are not answered');
  // A link to the page may be followed from anywhere; that is a navigation, of which the other site sees nothing.
  const site = asked['sec-fetch-site'];
  const isNavigation = asked['sec-fetch-mode'] === 'navigate' && asked['sec-fetch-dest'] === 'document';
  if ((site === 'cross-site' || site === 'same-site') && !isNavigation)
    return refusal(403, 'other sites are not answered');
  // Only paths that start with `/` are paths: an absolute address would be a proxy's business.
  const [path = '', query = ''] = url.split('?', 2);
  const route = routes.get(path);
  return route ? route(new URLSearchParams(query)) : refusal(404, 'there is nothing here');
}

function send(request: IncomingMessage, response: ServerResponse, answer: HttpAnswer): void {
  const { status, type, body, attachment } = answer;
  response.writeHead(status, {
    ...headers,
    'content-type': `${type}; charset=utf-8`,
    'content-length': Buffer.byteLength(body),
    ...(attachment === undefined ? {} : { 'content-disposition': `attachment; filename="${attachment}"` }),
    ...(status === 405 ? { allow: 'GET, HEAD' } : {}),
    // After a request that is not read, the connection is closed, so that nothing else on it is read either.
    ...(status === 413 || status === 405 ? { connection: 'close' } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
