import { IconEye, IconEyeOff } from '@tabler/icons-react';

/** The eye that shows a password, in the look's size. */
export function PasswordEye({ reveal }: { readonly reveal: boolean }) {
  const Icon = reveal ? IconEyeOff : IconEye;
  return <Icon size={16} stroke={1.75} color="var(--sp-text-3)" aria-hidden="true" />;
}
