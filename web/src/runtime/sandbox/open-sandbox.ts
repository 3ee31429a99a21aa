import type {
  BindingResult,
  Definition,
  Dependencies,
  FromWorker,
  Outcome,
  SlotChange,
  ToWorker,
} from './messages.ts';

/** Evaluates the bindings of one app away from the page. Every answer comes later, through `listen`. */
export interface Sandbox {
  define(definition: Definition): void;
  set(slots: readonly SlotChange[]): void;
  activate(groups: readonly string[]): void;
  /** Evaluates templates now, over everything set before this call; of none, the results of that have come. */
  evaluate(templates: readonly string[]): Promise<readonly Outcome[]>;
  listen(listener: SandboxListener): void;
  dispose(): void;
}

export interface SandboxListener {
  readonly results: (results: readonly BindingResult[]) => void;
  readonly dependencies: (dependencies: Dependencies) => void;
  /** It could not start: expressions are not evaluated at all. */
  readonly failed: (reason: string) => void;
}

const holdsManyRows = ([, , value]: SlotChange): boolean => Array.isArray(value) && value.length > 2_000;

interface Asked {
  readonly templates: readonly string[];
  readonly answer: (outcomes: readonly Outcome[]) => void;
}

const ENDLESS = 'This expression ran for more than a second and was stopped. Change it to run it again.';
const NOT_STARTED = 'The expression sandbox did not start.';
const SILENCE_MS = 1_000;
const START_MS = 15_000;
/** Copying many rows into the worker is not an endless expression. */
const ARRIVAL_MS = 15_000;

/**
 * Opens the frame at `/sandbox` (an opaque origin without network, see README.md) with one worker in it. When the
 * worker is silent for a second over something it was asked, the frame is thrown away and made anew with the same
 * state; the binding that never ended answers with an error from then on, and all others go on.
 */
export function openSandbox(address = '/sandbox'): Sandbox {
  let definition: Definition = { roots: {}, bindings: [], active: [] };
  const slots = new Map<string, SlotChange>();
  const blocked: Record<string, { template: string; error: string }> = {};
  const pending = new Map<number, Asked>();
  let listener: SandboxListener | undefined;
  let frame: HTMLIFrameElement | undefined;
  let port: MessagePort | undefined;
  let timer: number | undefined;
  let seq = 0;
  let awaited = 0;
  let at: string | null = null;
  let careful = true;
  let ready = false;
  let defined = false;
  let evaluating = false;
  let manyRows = false;
  /** Why nothing is evaluated any more. */
  let ended: string | undefined;

  const watch = (): void => {
    clearTimeout(timer);
    if (awaited <= 0 || port === undefined) return;
    timer = window.setTimeout(
      () => {
        // The page itself may have been busy: answers that already wait in the queue are read first.
        timer = window.setTimeout(silent, 100);
      },
      !evaluating && manyRows ? ARRIVAL_MS : SILENCE_MS,
    );
  };
  const post = (message: ToWorker): void => {
    // Before the worker is ready and has something to evaluate, what is known is kept, and sent whole then.
    if (port === undefined || !ready || !defined) return;
    if ('slots' in message && message.slots.some(holdsManyRows)) manyRows = true;
    awaited++;
    port.postMessage(message);
    if (awaited === 1) watch();
  };
  const blockedErrors = (): Record<string, string> => {
    const templates = new Map(definition.bindings.map((binding) => [binding.id, binding.template]));
    for (const id of Object.keys(blocked))
      if (templates.get(id) !== blocked[id]?.template) delete blocked[id];
    return Object.fromEntries(Object.entries(blocked).map(([id, { error }]) => [id, error]));
  };
  const load = (withSlots: boolean): void =>
    post({
      type: 'load',
      seq: ++seq,
      definition,
      slots: withSlots ? [...slots.values()] : [],
      blocked: blockedErrors(),
      careful,
    });

  const loadWhole = (): void => {
    load(true);
    for (const [asked, { templates }] of pending) post({ type: 'evaluate', seq: asked, templates });
  };

  const receive = ({ data }: MessageEvent<FromWorker>): void => {
    if (data.type === 'ready') {
      clearTimeout(timer);
      ready = true;
      ended = undefined;
      loadWhole();
      return;
    }
    if (data.type === 'at' || data.type === 'evaluating') {
      if (data.type === 'at') at = data.id;
      evaluating = true;
      watch();
      return;
    }
    evaluating = false;
    awaited--;
    if (awaited <= 0) {
      careful = false;
      manyRows = false;
    }
    at = null;
    watch();
    if (data.dependencies !== undefined) listener?.dependencies(data.dependencies);
    if (data.results.length > 0) listener?.results(data.results);
    if (data.outcomes !== undefined) {
      pending.get(data.seq)?.answer(data.outcomes);
      pending.delete(data.seq);
    }
  };

  const refuse = (error: string): void => {
    for (const { templates, answer } of pending.values()) answer(templates.map(() => ({ error })));
    pending.clear();
  };
  const close = (): void => {
    clearTimeout(timer);
    port?.close();
    port = undefined;
    frame?.remove();
    frame = undefined;
  };
  const silent = (): void => {
    const binding = definition.bindings.find((candidate) => candidate.id === at);
    if (binding !== undefined) {
      blocked[binding.id] = { template: binding.template, error: ENDLESS };
      listener?.results([{ id: binding.id, error: ENDLESS }]);
    }
    refuse(ENDLESS);
    // Nothing was announced: announce everything next time, and the guilty one is known.
    careful = true;
    start();
  };
  const start = (): void => {
    close();
    at = null;
    awaited = 0;
    ready = false;
    evaluating = false;
    const element = document.createElement('iframe');
    element.setAttribute('sandbox', 'allow-scripts');
    element.title = 'Expressions';
    element.hidden = true;
    element.src = address;
    element.addEventListener('load', () => {
      if (frame !== element) return;
      const channel = new MessageChannel();
      port = channel.port1;
      port.onmessage = receive;
      // An opaque origin can only be addressed by '*'; the frame is ours and receives nothing but a port.
      element.contentWindow?.postMessage(null, '*', [channel.port2]);
    });
    frame = element;
    document.body.append(element);
    timer = window.setTimeout(() => {
      ended = NOT_STARTED;
      refuse(NOT_STARTED);
      listener?.failed(NOT_STARTED);
    }, START_MS);
  };
  start();

  return {
    define(next) {
      definition = next;
      if (defined) return load(false);
      defined = true;
      loadWhole();
    },
    set(changes) {
      for (const change of changes) slots.set(`${change[0]}.${change[1]}`, change);
      post({ type: 'set', seq: ++seq, slots: changes });
    },
    activate(active) {
      definition = { ...definition, active };
      post({ type: 'activate', seq: ++seq, active });
    },
    evaluate(templates) {
      return new Promise((answer) => {
        pending.set(++seq, { templates, answer });
        post({ type: 'evaluate', seq, templates });
        if (ended !== undefined) refuse(ended);
      });
    },
    listen(next) {
      listener = next;
      // It was opened before there was anybody to tell.
      if (ended !== undefined) next.failed(ended);
    },
    dispose() {
      ended = 'The app was closed.';
      close();
      refuse(ended);
    },
  };
}
