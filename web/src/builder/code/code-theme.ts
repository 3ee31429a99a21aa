import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { styleNonce } from '../../lib/strict-page.ts';

const highlight = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--sp-code-kw)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--sp-code-str)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--sp-code-num)' },
  { tag: [tags.function(tags.variableName), tags.standard(tags.name)], color: 'var(--sp-code-fn)' },
  { tag: [tags.comment, tags.punctuation], color: 'var(--sp-code-dim)' },
]);

const look = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'var(--sp-text)', fontSize: '12px', height: '100%' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--sp-mono)',
    fontFeatureSettings: '"calt" 0, "liga" 0',
    lineHeight: '21px',
  },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--sp-text)' },
  '.cm-line': { padding: '0 12px 0 0' },
  '.cm-cursor': { borderLeftColor: 'var(--sp-text)' },
  '.cm-gutters': { backgroundColor: 'transparent', border: '0', color: 'var(--sp-text-3)', fontSize: '11px' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '36px', padding: '0 12px 0 0', textAlign: 'right' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLineGutter': { color: 'var(--sp-text)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'var(--sp-active)',
  },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'transparent',
    outline: '1px solid var(--sp-control)',
    borderRadius: '2px',
  },
  '.cm-placeholder': { color: 'var(--sp-text-3)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--sp-raised)',
    border: '1px solid var(--sp-line)',
    borderRadius: '6px',
    boxShadow: 'var(--sp-shadow-2)',
    color: 'var(--sp-text)',
    overflow: 'hidden',
  },
  // Below the edge of a field of one line, and not over it.
  '.cm-tooltip-autocomplete.cm-tooltip-below': { marginTop: '6px' },
  '.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--sp-mono)', fontSize: '12px', maxHeight: '220px' },
  '.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px !important', lineHeight: '18px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--sp-accent-soft) !important',
    color: 'var(--sp-text) !important',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--sp-accent-text)', fontWeight: '600' },
  '.cm-completionDetail': { color: 'var(--sp-text-3)', fontStyle: 'normal', marginLeft: '12px' },
  '.cm-completionIcon': { display: 'none' },
  '.cm-hole': {
    backgroundColor: 'var(--sp-accent-soft)',
    borderRadius: '3px',
    boxShadow: 'inset 0 0 0 1px var(--sp-accent-line)',
    padding: '1px 0',
  },
  '.cm-hole-identity': { backgroundColor: 'var(--sp-ok-soft)', boxShadow: 'none' },
  '.cm-hole-constant': {
    backgroundColor: 'var(--sp-sunken)',
    boxShadow: 'inset 0 0 0 1px var(--sp-line-strong)',
  },
  '.cm-hole-brace': { color: 'var(--sp-code-dim)' },
  '.cm-origin': {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '3px',
    height: '16px',
    padding: '0 4px',
    margin: '0 4px 0 6px',
    borderRadius: '3px',
    font: '500 10px/16px var(--sp-font)',
    verticalAlign: '1px',
    userSelect: 'none',
  },
  '.cm-origin::after': { content: 'attr(aria-label)' },
  '.cm-origin-user': { backgroundColor: 'var(--sp-accent-soft)', color: 'var(--sp-accent-text)' },
  '.cm-origin-identity': { backgroundColor: 'var(--sp-ok-soft)', color: 'var(--sp-ok)' },
  '.cm-origin-constant': {
    backgroundColor: 'var(--sp-sunken)',
    color: 'var(--sp-text-2)',
    boxShadow: 'inset 0 0 0 1px var(--sp-line)',
  },
  '.cm-diagnostic': {
    fontFamily: 'var(--sp-font)',
    fontSize: '12px',
    lineHeight: '16px',
    padding: '8px 10px',
    borderLeft: '2px solid var(--sp-bad-dot)',
    maxWidth: '420px',
    whiteSpace: 'normal',
  },
  '.cm-diagnosticAction': {
    font: '500 12px/16px var(--sp-font)',
    backgroundColor: 'var(--sp-surface)',
    color: 'var(--sp-text)',
    border: '1px solid var(--sp-line-strong)',
    borderRadius: '5px',
    padding: '3px 8px',
    margin: '6px 6px 0 0',
    display: 'block',
    cursor: 'pointer',
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--sp-bad-dot) 1px',
    textUnderlineOffset: '3px',
  },
  '.cm-panels': { backgroundColor: 'var(--sp-sunken)', color: 'var(--sp-text)' },
  '.cm-searchMatch': { backgroundColor: 'var(--sp-warn-soft)' },
});

/** How code looks everywhere in the builder, under the page's strict policy. */
export const codeTheme = (): Extension => [
  EditorView.cspNonce.of(styleNonce()),
  look,
  syntaxHighlighting(highlight),
];
