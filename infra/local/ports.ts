import { createServer, type Server } from 'node:net';

/** Nothing of the local stack is reachable from another machine. */
export const loopback = '127.0.0.1';

const tries = 20;

/** Listens on this port or, when it is taken, on the next free one. 0 takes any. Gives the port. */
export const listenFrom = async (server: Server, wanted: number): Promise<number> => {
  for (let port = wanted; ; port += 1) {
    try {
      await new Promise<void>((done, fail) => {
        server.once('error', fail);
        server.listen(port, loopback, () => {
          server.off('error', fail);
          done();
        });
      });
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : port;
    } catch (error) {
      const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!taken || wanted === 0 || port - wanted === tries) throw error;
    }
  }
};

/** A port that is free now, for a server that must be told its port before it listens. */
export const freePort = async (wanted = 0): Promise<number> => {
  const probe = createServer();
  const port = await listenFrom(probe, wanted);
  await new Promise((done) => probe.close(done));
  return port;
};
