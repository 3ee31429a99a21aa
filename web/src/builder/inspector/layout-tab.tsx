import { COMPONENTS, type Component, type Page } from '@sallyport/contract';
import { childrenOf } from '../../runtime/layout/component-tree.ts';
import { Button } from '../../ui/button.tsx';
import { useBuilder, useEditor } from '../builder-context.ts';
import { arrangeComponents, reorderComponent, reparentComponents } from '../document/arrange-components.ts';
import { withDescendants } from '../document/locate.ts';
import { ChoiceRow } from './choice-row.tsx';

const FIELDS = [
  ['x', 'Column', 11],
  ['y', 'Row', 10_000],
  ['w', 'Width', 12],
  ['h', 'Height', 1_000],
] as const;

/** Place, size, parent and reading order of a component. */
export function LayoutTab({ id, component }: { readonly id: string; readonly component: Component }) {
  const { editor } = useBuilder();
  const slug = useEditor((s) => s.page);
  const page = useEditor((s) => s.document.pages[s.page]) as Page;
  const { edit } = editor.getState();
  const inside = withDescendants(page, [id]);
  const containers = Object.entries(page.components).flatMap(([other, one]) =>
    COMPONENTS[one.type].container && !inside.has(other) ? [other] : [],
  );
  const siblings = childrenOf(page, component.parent).map(([other]) => other);
  const at = siblings.indexOf(id);
  const modal = component.type === 'modal';
  return (
    <>
      <section className="bd-is" aria-label="Place and size">
        <h3>Place and size</h3>
        <div className="bd-xywh">
          {FIELDS.map(([key, label, most]) => (
            <label key={key} className="sp-sm sp-t2">
              {label}
              <input
                className="bd-input"
                type="number"
                min={key === 'w' || key === 'h' ? 1 : 0}
                max={most}
                value={component.layout[key]}
                onChange={(event) => {
                  const value = event.currentTarget.valueAsNumber;
                  if (!Number.isFinite(value)) return;
                  const layout = { ...component.layout, [key]: value };
                  edit(`Arrange ${id}`, (d) => arrangeComponents(d, slug, new Map([[id, layout]])), {
                    key: `${id}.layout`,
                  });
                }}
              />
            </label>
          ))}
        </div>
        <p className="sp-hint">12 columns, rows of 26 px. Components in the way move down.</p>
      </section>
      <section className="bd-is" aria-label="Parent and order">
        <ChoiceRow
          label="Inside"
          disabled={modal}
          value={component.parent ?? ''}
          options={['', ...containers]}
          say={(other) => other || 'the page'}
          onChange={(other) => {
            const parent = other || undefined;
            edit(`Move ${id}`, (d) => reparentComponents(d, slug, new Map([[id, { parent }]])));
          }}
        />
        {modal && <p className="sp-hint">A modal always opens above the page.</p>}
        <div className="bd-fr" style={{ marginTop: 6 }}>
          <span className="bd-lab">Tab order</span>
          <span className="sp-row sp-g4">
            <span className="sp-tn">
              {at + 1} of {siblings.length}
            </span>
            <span className="sp-end sp-row sp-g4">
              <Button
                size="xs"
                disabledReason={at <= 0 && 'This is already the first.'}
                onClick={() => edit(`Order ${id}`, (d) => reorderComponent(d, slug, id, siblings[at - 1]))}
              >
                Earlier
              </Button>
              <Button
                size="xs"
                disabledReason={at === siblings.length - 1 && 'This is already the last.'}
                onClick={() => edit(`Order ${id}`, (d) => reorderComponent(d, slug, id, siblings[at + 2]))}
              >
                Later
              </Button>
            </span>
          </span>
        </div>
      </section>
    </>
  );
}
