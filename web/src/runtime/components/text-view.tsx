import type { AppPages } from '@sallyport/contract';
import { ownTitleOf } from '../layout/own-title.ts';
import { useRuntime, useSlice } from '../runtime-context.tsx';
import type { ViewProps } from './view-props.ts';

/** Text as it is written: line breaks kept, nothing in it is markup. */
export function TextView({ id, page, props }: ViewProps) {
  const { mode } = useRuntime();
  const shown = useSlice<AppPages>('pages')?.pages[page];
  const className = `rt-text rt-text-${String(props.size)} rt-tone-${String(props.tone)}`;
  const text = String(props.text ?? '');
  if (mode === 'live' && shown && ownTitleOf(shown) === id) return <h1 className={className}>{text}</h1>;
  if (props.size === 'title' || props.size === 'heading') return <h2 className={className}>{text}</h2>;
  return <p className={className}>{text}</p>;
}
