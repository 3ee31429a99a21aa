/** The program refused to start and said why: starting it again would change nothing (`EX_CONFIG` of sysexits). */
export const EXIT_REFUSED = 78;
/** The same, of what may be gone by itself: start it again in a while (`EX_TEMPFAIL`). */
export const EXIT_FOR_NOW = 75;
