import { cloneElement, type ReactElement } from 'react';

/** A word on hover and focus, shown by `HintLayer`; with nothing to say it is only the child. */
export function Hint({
  text,
  children,
}: {
  readonly text?: string | false | null | undefined;
  readonly children: ReactElement;
}) {
  return text
    ? cloneElement(children as ReactElement<{ 'data-hint'?: string }>, { 'data-hint': text })
    : children;
}
