import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CloseCode, handleProtocols, MessageType, makeServer, type Server } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { addressOf } from './rate-limit.js';
import { type OnSocket, protocol, type SocketParts } from './socket-protocol.js';
import { takeUpgrades } from './upgrade.js';

/** Whoever answers no ping until the next one is gone, milliseconds. */
const PING_MS = 12_000;
/** How long a stop waits for clients to say goodbye, milliseconds. */
const GOODBYE_MS = 1_000;
/** A client that leaves so many bytes of what it is told lying takes nothing any more. */
const MOST_WAITING = 4 * 1024 * 1024;
/** Close code of WebSocket itself. */
const GOING_AWAY = 1001;

/** `/graphql` over WebSocket, in the protocol graphql-transport-ws: subscriptions, several over one socket. */
export function serveSockets(app: FastifyInstance, parts: SocketParts): void {
  const { config, audience, limits } = parts;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: config.maxBodyBytes, handleProtocols });
  const server = makeServer(protocol(parts));
  takeUpgrades(app, '/graphql', async (request) => {
    const seat = { leave: audience.connect(addressOf(request)) };
    request.raw.socket.once('close', () => seat.leave());
    await limits.question(request, null);
    return ({ request: raw, socket, head }) => {
      // Whoever has gone meanwhile gives no place back any more.
      if (socket.destroyed) seat.leave();
      sockets.handleUpgrade(raw, socket, head, (opened) => speak(server, opened, request, seat));
    };
  });
  keepAlive(app, sockets);
  app.addHook('preClose', () => sayGoodbye(sockets));
}

/** Passes what comes over a socket to the protocol, and what that says to the socket. */
function speak(server: Server<OnSocket>, socket: WebSocket, request: FastifyRequest, seat: OnSocket['seat']): void {
  const { log } = request;
  const gone = new AbortController();
  // A frame that breaks the rules, or is too large: ws closes the socket with the code for it.
  socket.on('error', (error) => log.debug({ err: error }, 'socket'));
  const closed = server.opened(
    {
      protocol: socket.protocol,
      send: (text) => sent(socket, text),
      close: (code, reason) => socket.close(code, reason),
      onPing: () => answerPing(socket),
      onMessage: (hear) => {
        socket.on('message', (data) => {
          hear(String(data)).catch((error: unknown) => failed(socket, request, error));
        });
      },
    },
    { request, socket, seat, gone: gone.signal, listens: null, isOver: false },
  );
  log.debug('socket opened');
  socket.once('close', (code, reason) => {
    gone.abort();
    log.info({ code }, 'socket closed');
    closed(code, String(reason)).catch((error: unknown) => log.error({ err: error }, 'a socket closed badly'));
  });
}

/** Resolves when the text is on its way, so that whoever takes nothing is sent nothing more. */
function sent(socket: WebSocket, text: string): Promise<void> {
  return new Promise((resolve) => {
    if (socket.bufferedAmount > MOST_WAITING) socket.terminate();
    if (socket.readyState !== socket.OPEN) return resolve();
    // One that can't be sent to is closing, and says so itself.
    socket.send(text, () => resolve());
  });
}

/** Without what the ping carried, and the next word of a client is heard once it has taken this: else it fills the memory for nothing. */
async function answerPing(socket: WebSocket): Promise<void> {
  socket.pause();
  await sent(socket, JSON.stringify({ type: MessageType.Pong }));
  socket.resume();
}

function failed(socket: WebSocket, { log }: FastifyRequest, error: unknown): void {
  if (isOfClients(error)) {
    socket.close(CloseCode.BadRequest, 'Invalid message received');
  } else {
    log.error({ err: error }, 'a message over a socket failed inside');
    socket.close(CloseCode.InternalServerError, 'Something went wrong here');
  }
}

/** What only servers may say passes for a message, and is thrown at. */
function isOfClients(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Unexpected message of type');
}

function keepAlive(app: FastifyInstance, sockets: WebSocketServer): void {
  const silent = new WeakSet<WebSocket>();
  const timer = setInterval(() => {
    for (const socket of sockets.clients) {
      if (silent.has(socket)) socket.terminate();
      silent.add(socket);
      socket.once('pong', () => silent.delete(socket));
      socket.ping();
    }
  }, PING_MS);
  timer.unref();
  app.addHook('preClose', async () => clearInterval(timer));
}

async function sayGoodbye(sockets: WebSocketServer): Promise<void> {
  const open = [...sockets.clients];
  const closed = open.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
  for (const socket of open) socket.close(GOING_AWAY, 'The server stops');
  const late = setTimeout(() => {
    for (const socket of open) socket.terminate();
  }, GOODBYE_MS);
  await Promise.all(closed);
  clearTimeout(late);
}
