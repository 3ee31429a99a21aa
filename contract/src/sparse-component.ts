import type { Component } from './app-document.ts';
import { propertyOf } from './components.ts';

/** The component without properties at their default and without empty lists of steps: one meaning has one form. */
export function sparseComponent(component: Component): Component {
  const props = Object.entries(component.props).filter(
    ([name, value]) =>
      value !== undefined &&
      JSON.stringify(value) !== JSON.stringify(propertyOf(component.type, name)?.default),
  );
  const on = Object.entries(component.on).filter(([, steps]) => steps.length > 0);
  return { ...component, props: Object.fromEntries(props), on: Object.fromEntries(on) };
}
