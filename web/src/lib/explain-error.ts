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
    detail: 'This part of the page has not loaded yet.',
    next: 'Check your connection, then try again.',
    code: 'no_answer',
  },
  newer: {
    title: 'A new version of Sallyport is available.',
    detail: 'This page is from the previous version and cannot load this part.',
    next: 'Save your work, then reload.',
    code: 'newer_version',
  },
  broken: {
    title: 'This part of the page did not load.',
    next: 'Save your work, then reload.',
    code: 'part_not_loaded',
  },
};

const NO_SUCH_ADDRESS = {
  title: 'Page not found.',
  next: 'The link may be incomplete. Open it again from where you found it, or start from the list.',
};

const SESSION_ENDED = { title: 'Your session had ended, so this was not done.', next: 'Try again.' };

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
    // Who reads it has signed in again: until then, the page is hidden.
    if (code === 'sign_in_required') return { ...SESSION_ENDED, code, ...(requestId ? { requestId } : {}) };
    return { title, next, code, ...(said ? { detail: said } : {}), ...(requestId ? { requestId } : {}) };
  }
  if (error instanceof DOMException && error.name === 'AbortError') {
    return { title: 'Stopped.', next: 'Nothing else was sent.', code: 'stopped' };
  }
  if (error instanceof PartNotLoaded) return PART_NOT_LOADED[error.why];
  if (error instanceof TypeError && /fetch|network|load/i.test(error.message)) {
    return {
      title: 'Sallyport did not respond.',
      next: 'Check your connection, then try again.',
      code: 'no_answer',
    };
  }
  return {
    title: 'Something went wrong on this page.',
    detail: error instanceof Error ? error.message : String(error),
    next: 'Reload the page. Your saved work is safe.',
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
