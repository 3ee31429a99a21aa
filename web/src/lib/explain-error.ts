import { ApiProblem } from './api-problem.ts';
import { PartNotLoaded } from './load-part.ts';

export interface Explanation {
  /** What happened, as a sentence. */
  readonly title: string;
  readonly detail?: string;
  /** The next step. */
  readonly next: string;
  /** To quote when asking for help. */
  readonly requestId?: string;
  readonly code: string;
}

const PART_NOT_LOADED: Readonly<Record<PartNotLoaded['why'], Explanation>> = {
  silent: {
    title: 'Sallyport cannot be reached.',
    detail: 'This part of the page was not loaded yet.',
    next: 'Check your connection, then try again.',
    code: 'no_answer',
  },
  newer: {
    title: 'A newer version of Sallyport is there.',
    detail: 'This page belongs to the version before, and the part that you asked for is gone.',
    next: 'Finish what you are typing, then reload.',
    code: 'newer_version',
  },
  broken: {
    title: 'This part of the page did not load.',
    next: 'Finish what you are typing, then reload.',
    code: 'part_not_loaded',
  },
};

const NO_SUCH_ADDRESS = {
  title: 'There is nothing at this address.',
  next: 'A part of the link may be missing. Open it again from where you have it, or start from the list.',
};

/** The one translator from anything thrown to what a person reads. */
export function explainError(error: unknown): Explanation {
  if (error instanceof ApiProblem) {
    const { title, detail, next, requestId, code, places } = error.problem;
    const place = places?.map((p) => (p.path ? `${p.path}: ${p.message}` : p.message)).join(' ');
    // What an engine says ends without a stop, and the next step follows.
    const whole = (detail ?? place)?.replace(/[\p{L}\p{N}"'`)\]]$/u, '$&.');
    // It begins without a capital too, and a sentence stands before it; a name of ours may not be changed.
    const said = code.startsWith('source_')
      ? whole?.replace(/^[a-z](?=[a-z]* )/, (a) => a.toUpperCase())
      : whole;
    // The page asks by what stands in its address: that no such id can exist is a link that was cut or mistyped.
    if (code === 'input_invalid' && places?.every((p) => p.path?.startsWith('params.')))
      return { ...NO_SUCH_ADDRESS, code, ...(requestId ? { requestId } : {}) };
    return { title, next, code, ...(said ? { detail: said } : {}), ...(requestId ? { requestId } : {}) };
  }
  if (error instanceof DOMException && error.name === 'AbortError') {
    return { title: 'Stopped.', next: 'Nothing more was sent.', code: 'stopped' };
  }
  if (error instanceof PartNotLoaded) return PART_NOT_LOADED[error.why];
  if (error instanceof TypeError && /fetch|network|load/i.test(error.message)) {
    return {
      title: 'Sallyport did not answer.',
      next: 'Check your connection, then try again.',
      code: 'no_answer',
    };
  }
  return {
    title: 'This page met a fault of its own.',
    detail: error instanceof Error ? error.message : String(error),
    next: 'Reload the page. Nothing that you saved is lost.',
    code: 'page_fault',
  };
}

/** The messages of a refused form, by field, so that each stands where it belongs. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiProblem)) return {};
  return Object.fromEntries(
    (error.problem.places ?? [])
      .filter((place) => place.path !== undefined)
      .map((place) => [place.path!.replace(/^\/?body[./]?/, '').replaceAll('/', '.'), place.message]),
  );
}
