/** The environment cannot be used. The message holds one sentence a problem, each with what to do. */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(
      ['Sallyport cannot start with this configuration:', ...problems.map((one) => `  - ${one}`)].join('\n'),
    );
    this.name = 'ConfigError';
    this.problems = problems;
  }
}
