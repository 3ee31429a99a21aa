/**
 * As of `grep` and `diff`: 0 when it was done and all is well; so a script can tell what was found out from what could
 * not be found out.
 */

/** It was done, and the answer is no: an altered log, a draft that something keeps from being published. */
export const FOUND_AMISS = 1;
/** It was not done: a mistake in the command, a file, a server that refused or did not answer. */
export const NOT_DONE = 2;
