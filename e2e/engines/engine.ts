/** What WebDriver commands are called, in the words of https://www.w3.org/TR/webdriver2/#endpoints. */
export type CommandName =
  | 'Navigate'
  | 'GetCurrentURL'
  | 'ExecuteScript'
  | 'ElementSendKeys'
  | 'PerformActions'
  | 'TakeScreenshot';

/** A browser that is not Chromium, as the system has it. How a command reaches it is each engine's own. */
export interface Engine {
  /** Gives the `value` of its answer. */
  command(name: CommandName, parameters: Readonly<Record<string, unknown>>): Promise<unknown>;
  close(): Promise<void>;
}
