/** Props of the eye that shows a hidden value: named, and reached by the keyboard too, where Mantine leaves it out. */
export function revealButton(label: string) {
  return { 'aria-label': label, tabIndex: 0 };
}
