/**
 * A part of the page's own code did not come. `silent`: nobody answers. `newer`: the server has another build, and this
 * one's files are gone. `broken`: it has this build, and still the part did not come.
 */
export class PartNotLoaded extends Error {
  readonly why: 'silent' | 'newer' | 'broken';
  constructor(why: PartNotLoaded['why'], cause: unknown) {
    super('a part of the page did not load', { cause });
    this.name = 'PartNotLoaded';
    this.why = why;
  }
}

/** Loads a part of the page's code. The browser does not say why one failed, so that is asked then. */
export async function loadPart<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const why = await whyNot();
    if (why !== 'broken') throw new PartNotLoaded(why, error);
    // The server answers, which a network that has just come back explains too.
    return load().catch((again) => {
      throw new PartNotLoaded(why, again);
    });
  }
}

/** The page that a reload would bring names the file that a build begins with. */
async function whyNot(): Promise<PartNotLoaded['why']> {
  const own = document.querySelector('script[type=module]')?.getAttribute('src');
  try {
    const answer = await fetch('/', { cache: 'no-store', headers: { accept: 'text/html' } });
    if (!answer.ok) return 'silent';
    return own && !(await answer.text()).includes(own) ? 'newer' : 'broken';
  } catch {
    return 'silent';
  }
}
