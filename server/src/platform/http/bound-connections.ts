import type { Server } from 'node:net';
import type { Log } from '../log/log.ts';

/** Files for what is no caller: connections to the database and to sources, and the program's own. */
const KEPT = 256;
const SAY_EVERY_MS = 10_000;

/**
 * Takes as many connections as the process may have files open, less those that its work needs, and says when there were
 * more. Without a bound the system closes them, and the log hears of nothing; nor could a source be dialled any more.
 */
export function boundConnections(server: Server, log: Log, openFiles = openFilesAllowed()): void {
  if (openFiles === undefined) return;
  const most = Math.max(openFiles - KEPT, Math.floor(openFiles / 2));
  server.maxConnections = most;
  let refused = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  server.on('drop', () => {
    refused += 1;
    const now = performance.now();
    if (now - toldAt < SAY_EVERY_MS) return;
    log.warn(
      { refused, most, openFiles },
      'connections are refused: the process may open no more files. Raise its limit (ulimit -n; systemd: LimitNOFILE).',
    );
    toldAt = now;
    refused = 0;
  });
}

/** Undefined where there is no limit, or none that is known. Node has raised the soft one to the hard one. */
function openFilesAllowed(): number | undefined {
  // The types do not know of it; names of peers would be looked up.
  const report: { excludeNetwork?: boolean; getReport(): object } = process.report;
  report.excludeNetwork = true;
  const { userLimits } = report.getReport() as {
    readonly userLimits?: { readonly open_files?: { readonly soft: number | string } };
  };
  const soft = userLimits?.open_files?.soft;
  return typeof soft === 'number' ? soft : undefined;
}
