import { Button } from '../../ui/button.tsx';
import { useBuilder } from '../builder-context.ts';
import { deleteSelection, duplicateSelection } from '../commands.ts';

/** Several components: what can be done with all of them. */
export function SeveralInspector({ ids }: { readonly ids: readonly string[] }) {
  const builder = useBuilder();
  return (
    <>
      <header className="bd-insp-head">
        <h2 className="sp-b" style={{ fontSize: 12.5, margin: 0 }}>
          {ids.length} components
        </h2>
      </header>
      <div className="bd-insp-body">
        <section className="bd-is" aria-label="Selected components">
          <p className="sp-mono sp-t2" style={{ margin: '0 0 10px', overflowWrap: 'anywhere' }}>
            {ids.join(', ')}
          </p>
          <span className="sp-row">
            <Button size="sm" onClick={() => duplicateSelection(builder)}>
              Duplicate
            </Button>
            <Button size="sm" tone="danger" onClick={() => deleteSelection(builder)}>
              Delete
            </Button>
          </span>
          <p className="sp-hint" style={{ marginTop: 10 }}>
            Move with the arrow keys. Resize with Shift and the arrow keys.
          </p>
        </section>
      </div>
    </>
  );
}
