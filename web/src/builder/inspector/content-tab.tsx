import {
  COMMON_PROPERTIES,
  COMPONENTS,
  type Component,
  type ComponentType,
  type PropertyDefinition,
} from '@sallyport/contract';
import { PropertyField } from './property-field.tsx';

const SECTIONS = [
  ['content', undefined],
  ['behaviour', 'Behaviour'],
  ['style', 'Style'],
] as const;

/** The others only show something: to disable them would change nothing. */
const CAN_BE_DISABLED: ReadonlySet<ComponentType> = new Set([
  'button',
  'checkbox',
  'date',
  'form',
  'numberInput',
  'select',
  'textInput',
]);

/** A component's properties by section; what matters first comes first. */
export function ContentTab({ id, component }: { readonly id: string; readonly component: Component }) {
  const own: Readonly<Record<string, PropertyDefinition>> = COMPONENTS[component.type].properties;
  const all = [
    ...Object.entries(own),
    ...Object.entries(COMMON_PROPERTIES).filter(
      ([name]) => !Object.hasOwn(own, name) && (name !== 'disabled' || CAN_BE_DISABLED.has(component.type)),
    ),
  ];
  return (
    <>
      {SECTIONS.map(([section, title]) => {
        const names = all.filter(([, definition]) => definition.section === section).map(([name]) => name);
        if (names.length === 0) return null;
        return (
          <section className="bd-is" key={section} aria-label={title ?? 'Content'}>
            {title && <h3>{title}</h3>}
            {names.map((name) => (
              <PropertyField key={`${id}.${name}`} id={id} component={component} name={name} />
            ))}
          </section>
        );
      })}
    </>
  );
}
