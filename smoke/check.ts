// One check and its outcome.

export interface Outcome {
  /** None: it passed. */
  readonly errors: readonly string[]
  readonly stdout?: string
  readonly stderr?: string
}

export interface Check {
  /** As reports name it: `Command Test: apt-get`. */
  readonly name: string
  run(): Promise<Outcome>
}

export interface Result extends Outcome {
  readonly name: string
  readonly isPassed: boolean
  /** Nanoseconds. */
  readonly duration: number
}

/** A check of a test that is not well written. */
export function refusal(name: string, errors: readonly string[]): Check {
  return { name, run: async () => ({ errors }) }
}
