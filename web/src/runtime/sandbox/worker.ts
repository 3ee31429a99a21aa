import { createBindingGraph } from './binding-graph.ts';
import type { BindingResult, FromWorker, ToWorker } from './messages.ts';
import { freezeIntrinsics, scrubGlobals } from './scrub-globals.ts';

/** After this long in one pass, the next binding is announced: an endless one is then known at once. */
const ANNOUNCED_AFTER_MS = 200;

function serve(port: MessagePort): void {
  const graph = createBindingGraph();
  const now = performance.now.bind(performance);
  const send = (message: FromWorker): void => port.postMessage(message);
  let careful = true;

  const flush = (): BindingResult[] => {
    send({ type: 'evaluating' });
    let spoke = now();
    return graph.flush((id) => {
      if (!careful && now() - spoke < ANNOUNCED_AFTER_MS) return;
      spoke = now();
      send({ type: 'at', id });
    });
  };

  port.onmessage = ({ data }: MessageEvent<ToWorker>): void => {
    switch (data.type) {
      case 'load': {
        careful = data.careful;
        const dependencies = graph.define(data.definition, data.blocked);
        graph.set(data.slots);
        send({ type: 'done', seq: data.seq, results: flush(), dependencies });
        careful = false;
        return;
      }
      case 'set':
        graph.set(data.slots);
        break;
      case 'activate':
        graph.activate(data.active);
        break;
      case 'evaluate': {
        const results = flush();
        const outcomes = data.templates.map((template) => {
          send({ type: 'at', id: `evaluate:${data.seq}` });
          return graph.evaluate(template);
        });
        send({ type: 'done', seq: data.seq, results, outcomes });
        return;
      }
    }
    send({ type: 'done', seq: data.seq, results: flush() });
  };
  send({ type: 'ready' });
}

// The port is the only way out, and no expression can name it: it lives in this closure alone.
addEventListener(
  'message',
  (event) => {
    const [port] = (event as MessageEvent).ports;
    if (port === undefined) return;
    serve(port);
    const global = globalThis as unknown as Record<string, unknown>;
    scrubGlobals(global);
    freezeIntrinsics(global);
  },
  { once: true },
);
