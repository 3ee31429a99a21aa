import type { Handler } from '@sallyport/contract';
import { safeAddress } from './safe-address.ts';
import type { Ending, Question, SessionHost } from './session-types.ts';
import { shownText } from './shown-text.ts';

/** What handlers do to their app. */
export interface HandlerDeps {
  readonly host: SessionHost;
  /** Whether a person's act began this, and not a page that opens. */
  readonly acted: boolean;
  /** The event that began this, for what is said of it. */
  readonly from?: string | undefined;
  readonly base: () => string;
  readonly resolve: (value: unknown) => Promise<unknown>;
  readonly runQuery: (name: string) => Promise<Ending>;
  /** What the query said when it failed last. */
  readonly queryError: (name: string) => unknown;
  /** The question that a query asks before it runs, as it was written, or null. */
  readonly question: (name: string) => string | null;
  /** What the button that began this is called, so that the answer repeats it. */
  readonly verb?: Pick<Question, 'verb' | 'danger'> | undefined;
  readonly setVariable: (name: string, value: unknown) => void;
  readonly control: (component: string, method: string, value: unknown) => Promise<Ending>;
}

const asked = (title: string, { verb }: HandlerDeps): Question => ({
  title,
  text: 'It runs now under your name and is recorded.',
  ...(verb ?? { verb: 'Run' }),
});

async function step(handler: Handler, deps: HandlerDeps): Promise<Ending> {
  switch (handler.do) {
    case 'runQuery': {
      const question = deps.question(handler.query);
      if (question !== null) {
        const title = shownText(await deps.resolve(question));
        if (!(await deps.host.confirm(asked(title, deps)))) return 'cancelled';
      }
      const ending = await deps.runQuery(handler.query);
      if (ending === 'done') return runHandlers(handler.onSuccess ?? [], deps);
      if (ending === 'failed') {
        if (handler.onFailure?.length) await runHandlers(handler.onFailure, deps);
        else deps.host.notifyError(deps.queryError(handler.query), deps.from);
      }
      return ending;
    }
    case 'setVariable':
      deps.setVariable(handler.name, await deps.resolve(handler.value));
      return 'done';
    case 'openModal':
      return deps.control(handler.modal, 'open', undefined);
    case 'closeModal':
      return deps.control(handler.modal, 'close', undefined);
    case 'control':
      return deps.control(handler.component, handler.method, await deps.resolve(handler.value));
    case 'notify':
      deps.host.notify(handler.tone, shownText(await deps.resolve(handler.message)), undefined, deps.from);
      return 'done';
    case 'goTo': {
      if (handler.page !== undefined) deps.host.goToPage(handler.page, !deps.acted);
      if (handler.url === undefined) return 'done';
      const text = shownText(await deps.resolve(handler.url));
      const safe = safeAddress(text, deps.base());
      if (safe === null) throw new Error('The address must be on this server or start with https://.');
      // An address can carry away what the page has read: only somebody's act sends it out.
      if (safe.leaves && !deps.acted)
        throw new Error('A page cannot open another site when it loads. Use a button instead.');
      deps.host.openAddress(safe.address, !deps.acted);
      return 'done';
    }
  }
}

/**
 * Runs the steps of an event one after the other, each after the one before has ended. A step whose condition is not
 * met is passed over; a step that fails, or that the person steps back from, ends the list.
 */
export async function runHandlers(handlers: readonly Handler[], deps: HandlerDeps): Promise<Ending> {
  for (const handler of handlers) {
    try {
      if (handler.onlyIf !== undefined && handler.onlyIf.trim() !== '') {
        const wanted = await deps.resolve(handler.onlyIf);
        if (!wanted || wanted === 'false') continue;
      }
      const ending = await step(handler, deps);
      if (ending !== 'done') return ending;
    } catch (error) {
      deps.host.notify(
        'bad',
        'A step of this action failed.',
        error instanceof Error ? error.message : String(error),
        deps.from,
      );
      return 'failed';
    }
  }
  return 'done';
}
