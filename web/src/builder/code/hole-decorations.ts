import { type Extension, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from '@codemirror/view';
import { findHoles } from '../document/holes.ts';
import { originOf } from './origin-of.ts';

type Origin = ReturnType<typeof originOf>;

/** What the compiler said of the holes of this very text; it takes the place of the editor's own reading. */
export const compiledOrigins = StateEffect.define<ReadonlyMap<number, Origin>>();

const known = StateField.define<ReadonlyMap<number, Origin>>({
  create: () => new Map(),
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(compiledOrigins)) return effect.value;
    return transaction.docChanged ? new Map() : value;
  },
});

const words: Record<Origin, string> = { user: 'user', identity: 'identity', constant: 'constant' };
const titles: Record<Origin, string> = {
  user: 'From the user: the browser evaluates it, the server checks its type',
  identity: 'Identity: the server takes it from the person who is signed in',
  constant: 'Constant: the server knows it, and the browser never sends it',
};

class OriginBadge extends WidgetType {
  readonly origin: Origin;
  constructor(origin: Origin) {
    super();
    this.origin = origin;
  }
  override eq(other: OriginBadge): boolean {
    return other.origin === this.origin;
  }
  toDOM(): HTMLElement {
    const badge = document.createElement('span');
    badge.className = `cm-origin cm-origin-${this.origin}`;
    badge.textContent = words[this.origin];
    badge.title = titles[this.origin];
    return badge;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

const brace = Decoration.mark({ class: 'cm-hole-brace' });
const marks: Record<Origin, Decoration> = {
  user: Decoration.mark({ class: 'cm-hole' }),
  identity: Decoration.mark({ class: 'cm-hole cm-hole-identity' }),
  constant: Decoration.mark({ class: 'cm-hole cm-hole-constant' }),
};

function decorate(view: EditorView, badges: boolean): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const origins = view.state.field(known);
  for (const hole of findHoles(view.state.doc.toString())) {
    const origin = origins.get(hole.at) ?? originOf(hole.expression);
    builder.add(hole.at, hole.end, marks[origin]);
    builder.add(hole.at, hole.from, brace);
    builder.add(hole.to, hole.end, brace);
    if (badges)
      builder.add(hole.end, hole.end, Decoration.widget({ widget: new OriginBadge(origin), side: 1 }));
  }
  return builder.finish();
}

/** Shows each `{{ }}` as what it is: a bound value, with where it comes from. */
export function holeDecorations({ badges }: { badges: boolean }): Extension {
  const plugin = ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      constructor(view: EditorView) {
        this.decorations = decorate(view, badges);
      }
      update(update: ViewUpdate) {
        const told = update.transactions.some((t) => t.effects.some((e) => e.is(compiledOrigins)));
        if (update.docChanged || told) this.decorations = decorate(update.view, badges);
      }
    },
    { decorations: (value) => value.decorations },
  );
  return [known, plugin];
}
