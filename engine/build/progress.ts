// What a build tells while it goes on: steps that begin, print, end. Renderers make text of it.

export interface Step {
  /** From 1, in the order of beginning. */
  readonly number: number
  /** `[2/3] COPY . /`. */
  readonly name: string
}

export type ProgressEvent =
  | { readonly kind: 'begin'; readonly step: Step; readonly time: number }
  /** A line of the builder itself: `transferring context: 284B done`. */
  | { readonly kind: 'note'; readonly step: Step; readonly text: string; readonly time: number }
  /** What a RUN printed, as it came. */
  | {
      readonly kind: 'output'
      readonly step: Step
      readonly bytes: Uint8Array
      readonly stream: 'stdout' | 'stderr'
      readonly time: number
    }
  | {
      readonly kind: 'end'
      readonly step: Step
      readonly outcome: 'done' | 'cached' | 'failed' | 'canceled'
      readonly error?: string
      readonly time: number
    }

export type Progress = (event: ProgressEvent) => void | Promise<void>

/** Hands out steps and tells of them. */
export class ProgressReporter {
  readonly #tell: Progress
  readonly #now: () => number
  #last = 0

  constructor(tell: Progress, now: () => number) {
    this.#tell = tell
    this.#now = now
  }

  async begin(name: string): Promise<Step> {
    const step = { number: ++this.#last, name }
    await this.#tell({ kind: 'begin', step, time: this.#now() })
    return step
  }

  async note(step: Step, text: string): Promise<void> {
    await this.#tell({ kind: 'note', step, text, time: this.#now() })
  }

  output(step: Step, bytes: Uint8Array, stream: 'stdout' | 'stderr'): void | Promise<void> {
    return this.#tell({ kind: 'output', step, bytes, stream, time: this.#now() })
  }

  async end(step: Step, outcome: 'done' | 'cached'): Promise<void> {
    await this.#tell({ kind: 'end', step, outcome, time: this.#now() })
  }

  async failed(step: Step, error: string): Promise<void> {
    await this.#tell({ kind: 'end', step, outcome: 'failed', error, time: this.#now() })
  }

  async canceled(step: Step): Promise<void> {
    await this.#tell({ kind: 'end', step, outcome: 'canceled', time: this.#now() })
  }

  /** A step around a piece of work. */
  async step<T>(name: string, work: (step: Step) => Promise<T>): Promise<T> {
    const step = await this.begin(name)
    try {
      const result = await work(step)
      await this.end(step, 'done')
      return result
    } catch (error) {
      await this.failed(step, error instanceof Error ? error.message : String(error))
      throw error
    }
  }
}
