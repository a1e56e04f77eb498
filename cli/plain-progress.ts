// A build's progress as text, in the shape of BuildKit's `plain` and `rawjson`.

import type { Warning } from '../engine/build/dockerfile.ts'
import type { ProgressEvent, Step } from '../engine/build/progress.ts'
import type { Process } from '../kernel/process.ts'
import { decode } from '../lib/bytes.ts'
import { PrintedLines, type ProgressRenderer, secondsText } from './progress-renderer.ts'

export function plainProgress(proc: Process, mode: 'plain' | 'rawjson' | 'quiet'): ProgressRenderer {
  const printed = new PrintedLines()
  const plain = new PlainText()
  return {
    async progress(event) {
      const lines = printed.take(event)
      if (mode === 'plain') await proc.stderr.write(plain.text(event, lines))
      if (mode === 'rawjson')
        await proc.stderr.line(JSON.stringify(event, (key, value) => (key === 'bytes' ? decode(value) : value)))
      await proc.stderr.flush()
    },
    failed: () => printed.failed(),
    async finish() {},
  }
}

class PlainText {
  readonly #started = new Map<number, number>()
  #last = 0

  text(event: ProgressEvent, lines: readonly string[]): string {
    const { step } = event
    const mark = `#${step.number} `
    const since = event.time - (this.#started.get(step.number) ?? event.time)
    const numbered = lines.map(line => `${mark}${secondsText(since, 3)} ${line}\n`).join('')
    switch (event.kind) {
      case 'begin':
        this.#started.set(step.number, event.time)
        return this.#header(step)
      case 'note':
        return `${this.#header(step)}${mark}${event.text}\n`
      case 'output':
        return numbered === '' ? '' : this.#header(step) + numbered
      case 'end':
        return `${this.#header(step)}${numbered}${mark}${outcome(event, since)}\n`
    }
  }

  /** Steps that run side by side take turns: each change of step shows its name again, after a blank line. */
  #header(step: Step): string {
    if (this.#last === step.number) return ''
    const gap = this.#last === 0 ? '' : '\n'
    this.#last = step.number
    return `${gap}#${step.number} ${step.name}\n`
  }
}

function outcome(event: ProgressEvent & { readonly kind: 'end' }, since: number): string {
  switch (event.outcome) {
    case 'cached':
      return 'CACHED'
    case 'canceled':
      return 'CANCELED'
    case 'done':
      return `DONE ${secondsText(since, 1)}s`
    case 'failed':
      return `ERROR: ${event.error}`
  }
}

export function warningText(warnings: readonly Warning[], name: string): string {
  const count = `${warnings.length} warning${warnings.length === 1 ? '' : 's'} found (use ${name} build --check to expand):`
  return `\n ${count}\n${warnings.map(({ rule, message, line }) => ` - ${rule}: ${message} (line ${line})\n`).join('')}`
}
