import type { ViewProps } from './view-props.ts';

/** Text as it is written: line breaks kept, nothing in it is markup. */
export function TextView({ props }: ViewProps) {
  const className = `rt-text rt-text-${String(props.size)} rt-tone-${String(props.tone)}`;
  const text = String(props.text ?? '');
  if (props.size === 'title' || props.size === 'heading') return <h2 className={className}>{text}</h2>;
  return <p className={className}>{text}</p>;
}
