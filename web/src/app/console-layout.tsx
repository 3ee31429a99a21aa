export function ConsoleLayout() {
  return null;
}
