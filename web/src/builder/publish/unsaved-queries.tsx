import { IconAlertTriangle } from '@tabler/icons-react';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { useBuilder, useEditor, usePanel } from '../builder-context.ts';
import { saveQuery, unsavedQueries } from '../queries/query-commands.ts';

/** What stands open and was not saved: pages save themselves and queries do not, so that a release would lack it unseen. */
export function UnsavedQueries({ onSaved }: { readonly onSaved: () => void }) {
  const builder = useBuilder();
  const open = usePanel((s) => s.open);
  useEditor((s) => s.queries);
  const names = unsavedQueries(builder);
  if (names.length === 0) return null;
  const save = async (name: string) => {
    if (await saveQuery(builder, name)) onSaved();
  };
  return (
    <section aria-label="Not saved and not included in this release">
      <h3 className="bd-gh">
        Not saved and not included in this release <Badge>{names.length}</Badge>
      </h3>
      <div className="bd-st">
        {names.map((name) => (
          <div className="bd-lr" key={name}>
            <IconAlertTriangle size={14} stroke={2} className="sp-warn" aria-label="warns" />
            <span className="sp-mono sp-cut">{name}</span>
            <span className="sp-t2">Your changes are only in this browser.</span>
            <Button size="xs" busy={open[name]?.saving && 'Saving…'} onClick={() => void save(name)}>
              Save {name}
            </Button>
          </div>
        ))}
      </div>
    </section>
  );
}
