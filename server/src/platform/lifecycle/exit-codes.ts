/** The program refused to start and said why: starting it again would change nothing (`EX_CONFIG` of sysexits). */
export const EXIT_REFUSED = 78;
