import { type ComponentType, cloneElement, type ReactElement, useEffect, useRef, useState } from 'react';

interface ButtonEvents {
  readonly onClick?: () => void;
  readonly onPointerEnter?: () => void;
  readonly onFocus?: () => void;
  readonly 'aria-haspopup'?: 'menu' | 'dialog';
  readonly 'aria-expanded'?: boolean;
}

interface OpensLaterProps<P> {
  /** An import: the second call costs nothing. */
  readonly load: () => Promise<ComponentType<P>>;
  readonly popup: 'menu' | 'dialog';
  /** What is pressed; the loaded part draws the same. */
  readonly button: ReactElement<ButtonEvents>;
  readonly given: P;
}

/**
 * A button with a menu or a panel that is loaded when somebody reaches for it, so that a page which nobody opens it on
 * does not carry it. The loaded part draws the same button and is pressed for the person.
 */
export function OpensLater<P extends object>({ load, popup, button, given }: OpensLaterProps<P>) {
  const [Loaded, setLoaded] = useState<ComponentType<P>>();
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (!Loaded) return;
    const target = place.current?.querySelector('button');
    // Where the focus was when it opened is where it returns to.
    target?.focus();
    target?.click();
  }, [Loaded]);
  // A part that cannot be loaded now is asked for again at the next press.
  const quietly = () => undefined;
  return (
    <span ref={place} style={{ display: 'contents' }}>
      {Loaded ? (
        <Loaded {...given} />
      ) : (
        cloneElement(button, {
          'aria-haspopup': popup,
          'aria-expanded': false,
          onPointerEnter: () => void load().catch(quietly),
          onFocus: () => void load().catch(quietly),
          onClick: () => void load().then((part) => setLoaded(() => part), quietly),
        })
      )}
    </span>
  );
}
