import { type CSSProperties, useEffect, useLayoutEffect, useRef, useState } from 'react';

const DELAY = 250;
const GAP = 6;
const EDGE = 8;

interface Shown {
  readonly of: HTMLElement;
  readonly text: string;
}

/**
 * The one tooltip of the page: it shows the `data-hint` of whatever is pointed at or focused by the keyboard, and goes
 * with Escape. One for all, since a page has hundreds of buttons and one pointer.
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
    const hinted = (target: EventTarget | null) =>
      target instanceof Element ? target.closest<HTMLElement>('[data-hint]') : null;
    const show = (of: HTMLElement) => setShown({ of, text: of.dataset.hint ?? '' });
    const over = (event: PointerEvent) => {
      const of = hinted(event.target);
      clearTimeout(timer);
      if (of === null) setShown(undefined);
      else if (event.pointerType === 'mouse') timer = setTimeout(() => show(of), DELAY);
    };
    const focus = (event: FocusEvent) => {
      const of = hinted(event.target);
      if (of?.matches(':focus-visible')) show(of);
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
    if (shown.of.getAttribute('aria-label') === shown.text) return;
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
