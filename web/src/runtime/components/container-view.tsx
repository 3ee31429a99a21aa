import { ComponentGrid } from '../component-grid.tsx';
import type { ViewProps } from './view-props.ts';

/** A group of components with a title. */
export function ContainerView({ id, page, props }: ViewProps) {
  const title = String(props.title ?? '');
  return (
    <section className={`rt-box${props.border === true ? ' rt-border' : ''}`} aria-label={title || undefined}>
      {title !== '' && <h2 className="rt-box-title">{title}</h2>}
      <ComponentGrid page={page} parent={id} />
    </section>
  );
}
