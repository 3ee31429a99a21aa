import { openSandbox, type Sandbox } from './open-sandbox.ts';

let early: Sandbox | undefined;

/** Opens the sandbox of an app that is still being fetched: its frame and its worker take as long as the app itself. */
export function openSandboxEarly(): void {
  early ??= openSandbox();
}

/** The sandbox that was opened early, once, or a new one. */
export function takeSandbox(): Sandbox {
  const taken = early ?? openSandbox();
  early = undefined;
  return taken;
}

/** No app comes to take it. */
export function closeEarlySandbox(): void {
  early?.dispose();
  early = undefined;
}
