import { type CSSProperties, useEffect, useLayoutEffect, useRef, useState } from 'react';

const DELAY = 250;
const GAP = 6;
const EDGE = 8;

interface Shown {
  readonly of: HTMLElement;
  readonly text: string;
  /** It repeats what stands there, cut: nobody who listens should hear it twice. */
  readonly repeats: boolean;
}

/** What cuts its text with an ellipsis and says the whole of it nowhere. */
const isCut = (element: Element): element is HTMLElement =>
  element instanceof HTMLElement &&
  element.scrollWidth > element.clientWidth &&
  getComputedStyle(element).textOverflow === 'ellipsis' &&
  element.closest('[title], [data-hint]') === null &&
  element.querySelector('[title], [data-hint], input') === null;

/** What is pointed at, or holds it within a few steps, and is cut. */
function cutAround(target: Element): HTMLElement | null {
  let element: Element | null = target;
  for (let steps = 0; element !== null && steps < 4; steps++, element = element.parentElement)
    if (isCut(element)) return element;
  return null;
}

/**
 * The one tooltip of the page: it shows the `data-hint` of whatever is pointed at or focused by the keyboard, or the
 * whole of a text that is cut there, and goes with Escape. One for all, since a page has hundreds of buttons and one
 * pointer.
 */
export function HintLayer() {
  const [shown, setShown] = useState<Shown>();
  const [place, setPlace] = useState<CSSProperties>();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hide = () => {
      clearTimeout(timer);
      setShown(undefined);
    };
    const show = (of: HTMLElement) => {
      const { hint } = of.dataset;
      setShown({ of, text: hint ?? of.textContent, repeats: hint === undefined });
    };
    const over = ({ target, pointerType }: PointerEvent) => {
      clearTimeout(timer);
      const of =
        target instanceof Element && (target.closest<HTMLElement>('[data-hint]') ?? cutAround(target));
      if (!of) setShown(undefined);
      else if (pointerType === 'mouse') timer = setTimeout(() => show(of), DELAY);
    };
    const focus = ({ target }: FocusEvent) => {
      if (!(target instanceof Element) || !target.matches(':focus-visible')) return;
      const of =
        target.closest<HTMLElement>('[data-hint]') ??
        (target.matches('a, button')
          ? [target, ...target.querySelectorAll('.sp-cut')].find(isCut)
          : undefined);
      if (of) show(of);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide();
    };
    document.addEventListener('pointerover', over);
    document.addEventListener('pointerdown', hide);
    document.addEventListener('focusin', focus);
    document.addEventListener('focusout', hide);
    document.addEventListener('keydown', key);
    document.addEventListener('scroll', hide, true);
    return () => {
      hide();
      document.removeEventListener('pointerover', over);
      document.removeEventListener('pointerdown', hide);
      document.removeEventListener('focusin', focus);
      document.removeEventListener('focusout', hide);
      document.removeEventListener('keydown', key);
      document.removeEventListener('scroll', hide, true);
    };
  }, []);
  useLayoutEffect(() => {
    if (!shown || !box.current) return setPlace(undefined);
    const at = shown.of.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = box.current;
    const above = at.top - height - GAP;
    const left = at.left + at.width / 2 - width / 2;
    setPlace({
      top: above >= EDGE ? above : at.bottom + GAP,
      left: Math.max(EDGE, Math.min(left, document.documentElement.clientWidth - width - EDGE)),
    });
    // Its name says the same already on a button that is only an icon: nobody should hear it twice.
    if (shown.repeats || shown.of.getAttribute('aria-label') === shown.text) return;
    shown.of.setAttribute('aria-describedby', 'sp-tip');
    return () => shown.of.removeAttribute('aria-describedby');
  }, [shown]);
  if (!shown?.of.isConnected) return null;
  return (
    <div ref={box} id="sp-tip" role="tooltip" className="sp-tip" style={place ?? { visibility: 'hidden' }}>
      {shown.text}
    </div>
  );
}
