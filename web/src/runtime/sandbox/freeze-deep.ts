/** Freezes plain data, so that an expression that sorts in place is an error at its field and not a silent change. */
export function freezeDeep(value: unknown): void {
  const todo: unknown[] = [value];
  while (todo.length > 0) {
    const at = todo.pop();
    if (typeof at !== 'object' || at === null || Object.isFrozen(at)) continue;
    Object.freeze(at);
    for (const inner of Object.values(at)) if (typeof inner === 'object' && inner !== null) todo.push(inner);
  }
}
