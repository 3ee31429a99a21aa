import { type ReactNode, useId } from 'react';
import { CopyButton, type CopyButtonProps } from './copy-button.tsx';

/** A text that is there to be taken away: a link, a token, a statement. */
export function CopyField(props: Omit<CopyButtonProps, 'link'>) {
  return (
    <div className="sp-codebox sp-mono">
      {props.text}
      <CopyButton {...props} />
    </div>
  );
}

/** One that is shown only once, in place of the form that asked for it: the keyboard goes on at its button. */
export function CopyOnce({
  text,
  label,
  children,
}: {
  readonly text: string;
  readonly label: string;
  /** What it is for, which is read out with the button. */
  readonly children: ReactNode;
}) {
  const about = useId();
  return (
    <>
      <p id={about} className="sp-t2">
        {children}
      </p>
      <CopyField text={text} label={label} autoFocus aria-describedby={about} />
    </>
  );
}
