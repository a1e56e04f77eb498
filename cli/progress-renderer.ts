// What every renderer of a build's progress has: the events, and what to say when a step has failed.

import type { Progress, ProgressEvent, Step } from '../engine/build/progress.ts'
import { decode } from '../lib/bytes.ts'

export interface ProgressRenderer {
  readonly progress: Progress
  /** The step that failed, with the last lines it printed. */
  failed(): { readonly step: Step; readonly lines: readonly string[] } | undefined
  /** Nothing more comes. */
  finish(): Promise<void>
}

const LAST_LINES = 10

/** The lines that steps have printed: whole ones as they come, the last of each kept for an error. */
export class PrintedLines {
  readonly #kept = new Map<number, string[]>()
  readonly #open = new Map<number, string>()
  #failed: Step | undefined

  /** The lines that an event completes. */
  take(event: ProgressEvent): string[] {
    const { number } = event.step
    if (event.kind === 'output') {
      const lines = ((this.#open.get(number) ?? '') + decode(event.bytes)).split('\n')
      this.#open.set(number, lines.pop() ?? '')
      return this.#keep(number, lines)
    }
    if (event.kind !== 'end') return []
    if (event.outcome === 'failed') this.#failed ??= event.step
    const rest = this.#open.get(number) ?? ''
    this.#open.delete(number)
    return rest === '' ? [] : this.#keep(number, [rest])
  }

  last(step: Step): readonly string[] {
    return this.#kept.get(step.number) ?? []
  }

  failed(): { readonly step: Step; readonly lines: readonly string[] } | undefined {
    return this.#failed && { step: this.#failed, lines: this.last(this.#failed) }
  }

  #keep(number: number, lines: string[]): string[] {
    this.#kept.set(number, [...(this.#kept.get(number) ?? []), ...lines].slice(-LAST_LINES))
    return lines
  }
}

export function secondsText(ms: number, digits: number): string {
  return (ms / 1000).toFixed(digits)
}
