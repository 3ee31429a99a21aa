import { type CSSProperties, useEffect, useLayoutEffect, useRef, useState } from 'react';

const DELAY = 250;
const GAP = 6;
const EDGE = 8;
const TIP = 'sp-tip';
/** So long after the focus, a page scrolls because of it. */
const ARRIVES = 300;

interface Shown {
  readonly of: HTMLElement;
  /** The control in it that has the keyboard; undefined where it is pointed at. */
  readonly focused: Element | undefined;
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
 * The one tooltip of the page: it shows the `data-hint` of whatever is pointed at, focused by the keyboard or pressed in
 * vain, or the whole of a text that is cut there, and goes with Escape. One for all, since a page has hundreds of buttons
 * and one pointer.
 */
export function HintLayer() {
  const [shown, setShown] = useState<Shown>();
  const [place, setPlace] = useState<CSSProperties>();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let arrived = Number.NEGATIVE_INFINITY;
    const hide = () => {
      clearTimeout(timer);
      setShown(undefined);
    };
    const show = (of: HTMLElement, focused?: Element) => {
      const { hint } = of.dataset;
      setShown({ of, focused, text: hint ?? of.textContent, repeats: hint === undefined });
    };
    const over = ({ target, pointerType }: PointerEvent) => {
      clearTimeout(timer);
      const of =
        target instanceof Element && (target.closest<HTMLElement>('[data-hint]') ?? cutAround(target));
      // A page that moves under a pointer at rest takes nothing from the keyboard.
      if (!of) setShown((now) => (now?.focused ? now : undefined));
      else if (pointerType === 'mouse') timer = setTimeout(() => show(of), DELAY);
    };
    const focus = ({ target }: FocusEvent) => {
      if (!(target instanceof Element) || !target.matches(':focus-visible')) return;
      const of =
        target.closest<HTMLElement>('[data-hint]') ??
        (target.matches('a, button')
          ? [target, ...target.querySelectorAll('.sp-cut')].find(isCut)
          : undefined);
      if (of) show(of, target);
      arrived = performance.now();
    };
    // A finger points at nothing: what it presses in vain says why. Asked before the press has made anything so.
    const click = ({ target }: MouseEvent) => {
      const of =
        target instanceof Element && target.closest<HTMLElement>('[data-hint][aria-disabled="true"]');
      if (of) show(of);
    };
    const scroll = () => {
      // What the focus came to is in another place now, and so is its word.
      if (performance.now() - arrived < ARRIVES) setShown((now) => now && { ...now });
      else hide();
    };
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide();
    };
    document.addEventListener('pointerover', over);
    document.addEventListener('pointerdown', hide);
    document.addEventListener('click', click, true);
    document.addEventListener('focusin', focus);
    document.addEventListener('focusout', hide);
    document.addEventListener('keydown', key);
    document.addEventListener('scroll', scroll, true);
    return () => {
      hide();
      document.removeEventListener('pointerover', over);
      document.removeEventListener('pointerdown', hide);
      document.removeEventListener('click', click, true);
      document.removeEventListener('focusin', focus);
      document.removeEventListener('focusout', hide);
      document.removeEventListener('keydown', key);
      document.removeEventListener('scroll', scroll, true);
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
    const control = shown.focused ?? shown.of;
    if (shown.repeats || control.getAttribute('aria-label') === shown.text) return;
    // A field has a description of its own, and what is wrong with it.
    const others = () =>
      control
        .getAttribute('aria-describedby')
        ?.split(' ')
        .filter((id) => id !== TIP) ?? [];
    control.setAttribute('aria-describedby', [...others(), TIP].join(' '));
    return () => {
      const left = others();
      if (left.length === 0) control.removeAttribute('aria-describedby');
      else control.setAttribute('aria-describedby', left.join(' '));
    };
  }, [shown]);
  if (!shown?.of.isConnected) return null;
  return (
    <div ref={box} id={TIP} role="tooltip" className="sp-tip" style={place ?? { visibility: 'hidden' }}>
      {shown.text}
    </div>
  );
}
