import { type IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { pathOf } from './failures.js';

/** The bare connection of a request for another protocol. */
export interface Upgrade {
  request: IncomingMessage;
  socket: Duplex;
  /** What came behind the request already. */
  head: Buffer;
}

/** What a server's sockets are, which Node's types know as streams here. */
type AsSocket = Parameters<ServerResponse['assignSocket']>[0];

/**
 * Asks `accept` about requests for WebSocket at `path`, as Fastify comes to them like to any other: they are answered over HTTP where that
 * throws, and else given to what it answers. All other requests to change the protocol are answered as if they had not asked.
 */
export function takeUpgrades(
  app: FastifyInstance,
  path: string,
  accept: (request: FastifyRequest) => Promise<(upgrade: Upgrade) => void>,
): void {
  const upgrades = new WeakMap<IncomingMessage, Upgrade & { response: ServerResponse }>();
  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Whatever goes wrong with it ends it, and somebody has to listen.
    socket.on('error', () => socket.destroy());
    if (!isForWebSocket(request)) return answerWithout(app.server, { request, socket, head });
    const response = new ServerResponse(request);
    response.assignSocket(socket as AsSocket);
    response.shouldKeepAlive = false;
    response.once('finish', () => socket.end());
    upgrades.set(request, { request, socket, head, response });
    app.routing(request, response);
  });
  app.addHook('onRequest', async (request, reply) => {
    const upgrade = upgrades.get(request.raw);
    if (upgrade === undefined || pathOf(request) !== path) return;
    const { response, ...bare } = upgrade;
    const open = await accept(request);
    reply.hijack();
    response.detachSocket(bare.socket as AsSocket);
    open(bare);
  });
}

function isForWebSocket({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket';
}

/**
 * Hands a connection back to the server, with its request as it came but for the wish to change the protocol: Java's client asks for
 * HTTP/2 with every first request, a POST among them, and Node gives no other way to decline once anybody listens for WebSocket.
 */
function answerWithout(server: Server, { request, socket, head }: Upgrade): void {
  const { method, url, httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (!/^(upgrade|connection|http2-settings)$/i.test(name)) lines.push(`${name}: ${rawHeaders[at + 1]}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}
