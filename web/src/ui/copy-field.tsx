import { CopyButton } from './copy-button.tsx';

/** A text that is there to be taken away: a link, a token, a statement. */
export function CopyField({ text, label }: { readonly text: string; readonly label?: string }) {
  return (
    <div className="sp-codebox sp-mono">
      {text}
      <CopyButton text={text} {...(label ? { label } : {})} />
    </div>
  );
}
