import { createServer } from 'node:net';

// Prints a port of 127.0.0.1 on which nobody listens at this moment.
const server = createServer().listen(0, '127.0.0.1', () => {
  console.log(server.address().port);
  server.close();
});
