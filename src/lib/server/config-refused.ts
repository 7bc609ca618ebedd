export interface ConfigProblem {
  variable: string;
  cause: string;
  consequence: string;
  remedy: string;
}

/** The environment is wrong. `message` is written for the person who started us; no secret stands in it. */
export class ConfigRefused extends Error {
  override readonly name = 'ConfigRefused';
  readonly problems: ConfigProblem[];
  constructor(problems: ConfigProblem[]) {
    const told = problems.map(
      ({ variable, cause, consequence, remedy }) =>
        `${variable}: ${cause}\n  Consequence: ${consequence}\n  Remedy: ${remedy}`
    );
    super(told.join('\n'));
    this.problems = problems;
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

export type Refuse = (variable: string, cause: string, remedy: string, consequence?: string) => void;
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
