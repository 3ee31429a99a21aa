import { CannotStart } from '../lifecycle/cannot-start.ts';

/** Runs `listen`, and says of an address that cannot be taken what is wrong and what to do. */
export async function listening<T>(
  variable: string,
  at: { readonly host: string; readonly port: number },
  listen: () => Promise<T>,
): Promise<T> {
  try {
    return await listen();
  } catch (error) {
    const place = `${at.host.includes(':') ? `[${at.host}]` : at.host}:${at.port}`;
    const sentences: Record<string, string> = {
      EADDRINUSE: `Another program already listens on ${place}. Stop it, or set ${variable} to another port.`,
      EADDRNOTAVAIL: `${place} is no address of this machine. Set ${variable} to one that it has, or to 0.0.0.0 for all.`,
      EACCES: `This user may not listen on ${place}: ports below 1024 need a right of their own. Set ${variable} to a higher port, or give the right (systemd: AmbientCapabilities=CAP_NET_BIND_SERVICE).`,
    };
    const sentence = sentences[String((error as NodeJS.ErrnoException).code)];
    throw sentence === undefined ? error : new CannotStart(sentence, { cause: error });
  }
}
