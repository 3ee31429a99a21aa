import { createPortal } from 'react-dom';
import { ComponentGrid } from '../component-grid.tsx';
import { useRuntime } from '../runtime-context.tsx';
import { Dialog } from './dialog.tsx';
import { Drawer } from './drawer.tsx';
import type { ViewProps } from './view-props.ts';

/** A dialog, or a drawer beside the page. Closed, nothing in it exists. On a canvas it stands in the page. */
export function ModalView({ id, page, props, state }: ViewProps) {
  const { session, mode, drawer, offer } = useRuntime();
  const title = String(props.title ?? '');
  const content = <ComponentGrid page={page} parent={id} />;
  if (mode === 'edit') {
    return (
      <section className="rt-box rt-border rt-modal-edit" aria-label={title}>
        <h2 className="rt-box-title">{title}</h2>
        {content}
      </section>
    );
  }
  if (state.exposed.open !== true) return null;
  const close = () => void session.leave(id);
  if (props.size !== 'drawer') {
    return (
      <Dialog title={title} size={String(props.size)} close={close}>
        {offer}
        {content}
      </Dialog>
    );
  }
  const panel = (
    <Drawer title={title} close={close} offer={offer}>
      {content}
    </Drawer>
  );
  return drawer ? createPortal(panel, drawer) : panel;
}
