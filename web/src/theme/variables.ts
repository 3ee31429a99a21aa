import type { CSSVariablesResolver } from '@mantine/core';
import { dark, light } from './tokens.ts';

const named = (tokens: Record<string, string>): Record<`--${string}`, string> =>
  Object.fromEntries(Object.entries(tokens).map(([name, value]) => [`--sp-${name}`, value]));

/** What Mantine paints with, said in tokens; the same in both schemes because the tokens change. */
const mantine = {
  '--mantine-color-body': 'var(--sp-surface)',
  '--mantine-color-text': 'var(--sp-text)',
  '--mantine-color-dimmed': 'var(--sp-text-3)',
  '--mantine-color-placeholder': 'var(--sp-text-3)',
  '--mantine-color-anchor': 'var(--sp-accent-text)',
  '--mantine-color-default': 'var(--sp-surface)',
  '--mantine-color-default-hover': 'var(--sp-hover)',
  '--mantine-color-default-color': 'var(--sp-text)',
  '--mantine-color-default-border': 'var(--sp-line-strong)',
  '--mantine-color-error': 'var(--sp-bad)',
  '--mantine-color-disabled': 'var(--sp-sunken)',
  '--mantine-color-disabled-color': 'var(--sp-text-3)',
  '--mantine-color-disabled-border': 'var(--sp-line-strong)',
  '--mantine-primary-color-filled': 'var(--sp-accent)',
  '--mantine-primary-color-filled-hover': 'var(--sp-accent-hover)',
  '--mantine-primary-color-light': 'var(--sp-accent-soft)',
  '--mantine-primary-color-light-color': 'var(--sp-accent-text)',
};

export const variables: CSSVariablesResolver = () => ({
  variables: {
    '--sp-font':
      '"Inter Variable",Inter,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif',
    '--sp-mono':
      '"JetBrains Mono Variable","JetBrains Mono",ui-monospace,SFMono-Regular,Menlo,Consolas,monospace',
  },
  light: { ...named(light), ...mantine },
  dark: { ...named(dark), ...mantine },
});
