import {
  COMMON_PROPERTIES,
  COMPONENTS,
  type ComponentType,
  type PropertyDefinition,
  propertyOf,
} from '@sallyport/contract';
import { shownText } from './shown-text.ts';

/** What a bound property is while its expression has no value or has an error. */
function neutral(definition: PropertyDefinition): unknown {
  switch (definition.type.kind) {
    case 'text':
      return '';
    case 'value':
      return null;
    default:
      return definition.default;
  }
}

/** The outcome of a binding, in the kind that its property takes. */
export function propValue(type: ComponentType, name: string, value: unknown): unknown {
  const definition = propertyOf(type, name);
  if (definition === undefined) return value;
  if (value === null || value === undefined) return neutral(definition);
  switch (definition.type.kind) {
    case 'text':
      return shownText(value);
    case 'boolean':
      return value === 'false' ? false : Boolean(value);
    case 'number': {
      const number = typeof value === 'object' ? Number.NaN : Number(value);
      return value === '' || Number.isNaN(number) ? definition.default : value;
    }
    default:
      return value;
  }
}

/** Every property of a type at its default. */
export function defaultProps(type: ComponentType): Readonly<Record<string, unknown>> {
  const all = { ...COMMON_PROPERTIES, ...COMPONENTS[type].properties } as Record<string, PropertyDefinition>;
  return Object.fromEntries(Object.entries(all).map(([name, definition]) => [name, definition.default]));
}
