import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from './engine.ts';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** How a test finds an element: by its role as written or implied by its tag, and its text, label or placeholder. */
export interface Target {
  readonly css: string;
  /** What it is called, or says. */
  readonly name?: string;
}

export type EnginePage = ReturnType<typeof enginePage>;

/** The one page of another engine, in the few words that its tests need. Each waits for what it is about. */
export function enginePage(engine: Engine, waitMs = 20_000) {
  const evaluate = async <T>(work: (...given: never[]) => T, ...given: unknown[]): Promise<T> =>
    (await engine.command('ExecuteScript', {
      script: `return (${work.toString()})(...arguments)`,
      args: given,
    })) as T;
  /** A browser gives null for undefined: neither is what is waited for. */
  const until = async <T>(what: string, work: () => Promise<T | null | undefined>): Promise<T> => {
    const deadline = Date.now() + waitMs;
    let failure: unknown;
    while (Date.now() < deadline) {
      try {
        const found = await work();
        if (found !== undefined && found !== null) return found;
      } catch (error) {
        failure = error;
      }
      await sleep(100);
    }
    const text = await evaluate(() => document.body.innerText.slice(0, 2_000)).catch(() => '');
    throw new Error(`${what} did not come; the page says: ${text}`, { cause: failure });
  };
  const find = (target: Target): Promise<string> =>
    until(`${target.css} “${target.name ?? ''}”`, async () => {
      const found = (await evaluate(
        (css: string, name: string) => {
          const called = (element: Element): string[] => [
            element.getAttribute('aria-label') ?? '',
            element.getAttribute('placeholder') ?? '',
            (element as HTMLElement).innerText ?? '',
            ...[...((element as HTMLInputElement).labels ?? [])].map((label) => label.innerText),
          ];
          return (
            [...document.querySelectorAll(css)].find(
              (element) =>
                element.checkVisibility() &&
                called(element).some((text) => text.replace(/\s+/g, ' ').trim().startsWith(name)),
            ) ?? null
          );
        },
        target.css,
        target.name ?? '',
      )) as unknown as Readonly<Record<string, string>> | null;
      return found?.[ELEMENT];
    });
  /** Where a person would press it: its middle, once nothing covers that and it stands still. */
  const middle = async (target: Target): Promise<readonly [x: number, y: number]> => {
    let last = '';
    return until(`a free ${target.css} “${target.name ?? ''}”`, async () => {
      const element = await find(target);
      const at = (await evaluate(
        (given: Element) => {
          given.scrollIntoView({ block: 'nearest', inline: 'nearest' });
          const { x, y, width, height } = given.getBoundingClientRect();
          const [across, down] = [Math.round(x + width / 2), Math.round(y + height / 2)];
          const hit = document.elementFromPoint(across, down);
          return hit !== null && (given.contains(hit) || hit.contains(given)) ? [across, down] : null;
        },
        { [ELEMENT]: element },
      )) as [number, number] | null;
      const still = at !== null && last === String(at);
      last = String(at);
      return still ? at : null;
    });
  };
  const pointer = (actions: readonly unknown[]) =>
    engine.command('PerformActions', {
      actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }],
    });
  const to = ([x, y]: readonly [number, number], duration = 50) => ({
    type: 'pointerMove',
    duration,
    x,
    y,
    origin: 'viewport',
  });
  const [down, up] = [
    { type: 'pointerDown', button: 0 },
    { type: 'pointerUp', button: 0 },
  ];
  const click = async (css: string, name?: string) =>
    pointer([to(await middle({ css, ...(name === undefined ? {} : { name }) })), down, up]);
  return {
    evaluate,
    until,
    find,
    goto: (address: string) => engine.command('Navigate', { url: address }),
    address: async () => new URL((await engine.command('GetCurrentURL', {})) as string),
    click,
    type: async (css: string, name: string, text: string) =>
      engine.command('ElementSendKeys', { id: await find({ css, name }), text }),
    sees: (text: string) =>
      until(`“${text}”`, async () =>
        (await evaluate((wanted: string) => document.body.innerText.includes(wanted), text))
          ? true
          : undefined,
      ),
    hover: async (css: string, name = '') => pointer([to(await middle({ css, name }))]),
    /** From the middle of one to the middle of the other, beside it by `by`. */
    drag: async (from: Target, onto: Target, by: readonly [x: number, y: number] = [0, 0]) => {
      const [[x, y], [toX, toY]] = [await middle(from), await middle(onto)];
      const end = [toX + by[0], toY + by[1]] as const;
      await pointer([
        to([x, y]),
        down,
        to([x + 12, y + 12]),
        to([end[0] - 8, end[1] - 8], 300),
        to(end, 100),
        up,
      ]);
    },
    /** With `held` down, as Control and Z. Keys as WebDriver writes them: https://www.w3.org/TR/webdriver2/#keyboard-actions. */
    press: (key: string, held?: string) =>
      engine.command('PerformActions', {
        actions: [
          {
            type: 'key',
            id: 'keys',
            actions: [
              ...(held === undefined ? [] : [{ type: 'keyDown', value: held }]),
              { type: 'keyDown', value: key },
              { type: 'keyUp', value: key },
              ...(held === undefined ? [] : [{ type: 'keyUp', value: held }]),
            ],
          },
        ],
      }),
    screenshot: async () => Buffer.from((await engine.command('TakeScreenshot', {})) as string, 'base64'),
  };
}
