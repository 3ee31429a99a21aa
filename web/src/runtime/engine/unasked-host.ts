import type { SessionHost } from './session-types.ts';

/** So many pages, each opened by a step of the one before, are no way but a circle. */
const MOST_PAGES = 20;

/**
 * The host of steps that a page began by itself: it leads on, but not for ever. `opened` is told of each page that
 * opens; one that nobody was led to begins the count anew.
 */
export function unaskedHost(host: SessionHost): { readonly host: SessionHost; readonly opened: () => void } {
  let led = 0;
  let leading = false;
  const leadOn = (): void => {
    if (++led > MOST_PAGES) throw new Error('Its pages redirect to each other endlessly.');
    leading = true;
  };
  return {
    host: {
      ...host,
      goToPage(slug, instead) {
        leadOn();
        host.goToPage(slug, instead);
      },
      openAddress(address, instead) {
        leadOn();
        host.openAddress(address, instead);
      },
    },
    opened() {
      if (!leading) led = 0;
      leading = false;
    },
  };
}
