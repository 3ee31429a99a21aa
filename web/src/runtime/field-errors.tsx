import { type ComponentType, propertyOf } from '@sallyport/contract';
import { IconAlertCircleFilled } from '@tabler/icons-react';
import { Hint } from '../ui/hint.tsx';

/** A mark on a component whose expressions have errors; the sentence is on hover and focus. */
export function FieldErrors({
  id,
  type,
  errors,
}: {
  readonly id: string;
  readonly type: ComponentType;
  readonly errors: Readonly<Record<string, string>>;
}) {
  const said = Object.entries(errors).map(
    ([name, error]) => `${propertyOf(type, name)?.label ?? name}: ${error}`,
  );
  if (said.length === 0) return null;
  return (
    <Hint text={said.join(' ')}>
      <button type="button" className="rt-field-errors" aria-label={`${id} has an error. ${said.join(' ')}`}>
        <IconAlertCircleFilled size={14} aria-hidden="true" />
      </button>
    </Hint>
  );
}
