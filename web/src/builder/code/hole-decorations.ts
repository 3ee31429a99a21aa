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

const titles: Record<Origin, string> = {
  user: 'From the user: the browser evaluates it, the server checks its type',
  identity: 'Identity: the server takes it from the person who is signed in',
  constant: 'Constant: the server knows it, and the browser never sends it',
};

const SVG = 'http://www.w3.org/2000/svg';
/** The icons of the badges elsewhere (user, fingerprint, lock), drawn without markup. */
const paths: Record<Origin, readonly string[]> = {
  user: ['M8 7a4 4 0 1 0 8 0a4 4 0 0 0 -8 0', 'M6 21v-2a4 4 0 0 1 4 -4h4a4 4 0 0 1 4 4v2'],
  identity: [
    'M18.9 7a8 8 0 0 1 1.1 5v1a6 6 0 0 0 .8 3',
    'M8 11a4 4 0 0 1 8 0v1a10 10 0 0 0 2 6',
    'M12 11v2a14 14 0 0 0 2.5 8',
    'M8 15a18 18 0 0 0 1.8 6',
    'M4.9 19a22 22 0 0 1 -.9 -7v-1a8 8 0 0 1 12 -6.95',
  ],
  constant: [
    'M5 13a2 2 0 0 1 2 -2h10a2 2 0 0 1 2 2v6a2 2 0 0 1 -2 2h-10a2 2 0 0 1 -2 -2z',
    'M8 11v-4a4 4 0 1 1 8 0v4',
  ],
};

function icon(origin: Origin): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const attributes = {
    width: '10',
    height: '10',
    viewBox: '0 0 24 24',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '2',
    'aria-hidden': 'true',
  };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  for (const d of paths[origin]) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

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
    badge.append(icon(this.origin));
    badge.title = titles[this.origin];
    // Its word is drawn from this: text of its own becomes text of the document when what is selected around it is
    // typed over, because the browser joins the lines and keeps it.
    badge.role = 'img';
    badge.ariaLabel = this.origin;
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
