/** Marks a branch that the type system proves unreachable; reaching it is our own bug. */
export function assertNever(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
