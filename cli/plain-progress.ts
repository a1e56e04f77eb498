// A build's progress as text, in the shape of BuildKit's `plain` and `rawjson`.

import type { Warning } from '../engine/build/dockerfile.ts'
import type { Progress, ProgressEvent, Step } from '../engine/build/progress.ts'
import type { Process } from '../kernel/process.ts'
import { decode } from '../lib/bytes.ts'

export interface ProgressRenderer {
  readonly progress: Progress
  /** The step that failed, with the last lines it printed. */
  failed(): { readonly step: Step; readonly lines: readonly string[] } | undefined
}

const LAST_LINES = 10

export function plainProgress(proc: Process, mode: 'plain' | 'rawjson' | 'quiet'): ProgressRenderer {
  const started = new Map<number, number>()
  const printed = new Map<number, string[]>()
  const open = new Map<number, string>()
  let failed: Step | undefined
  let last = 0
  /** Steps that run side by side take turns: each change of step shows its name again, after a blank line. */
  const header = (step: Step) => {
    if (last === step.number) return ''
    const gap = last === 0 ? '' : '\n'
    last = step.number
    return `${gap}#${step.number} ${step.name}\n`
  }
  const text = (event: ProgressEvent): string => {
    const { step } = event
    const mark = `#${step.number} `
    switch (event.kind) {
      case 'begin':
        started.set(step.number, event.time)
        return header(step)
      case 'note':
        return `${header(step)}${mark}${event.text}\n`
      case 'output': {
        const whole = (open.get(step.number) ?? '') + decode(event.bytes)
        const lines = whole.split('\n')
        open.set(step.number, lines.pop() ?? '')
        const kept = printed.get(step.number) ?? []
        printed.set(step.number, [...kept, ...lines].slice(-LAST_LINES))
        const since = seconds(event.time - (started.get(step.number) ?? event.time), 3)
        return lines.length === 0 ? '' : header(step) + lines.map(line => `${mark}${since} ${line}\n`).join('')
      }
      case 'end': {
        const rest = open.get(step.number)
        const unfinished = rest ? `${mark}${rest}\n` : ''
        if (rest) printed.set(step.number, [...(printed.get(step.number) ?? []), rest])
        if (event.outcome === 'failed') failed = step
        const outcome =
          event.outcome === 'cached'
            ? 'CACHED'
            : event.outcome === 'done'
              ? `DONE ${seconds(event.time - (started.get(step.number) ?? event.time), 1)}s`
              : `ERROR: ${event.error}`
        return `${header(step)}${unfinished}${mark}${outcome}\n`
      }
    }
  }
  return {
    async progress(event) {
      const line = text(event)
      if (mode === 'plain' && line !== '') await proc.stderr.write(line)
      if (mode === 'rawjson')
        await proc.stderr.line(JSON.stringify(event, (key, value) => (key === 'bytes' ? decode(value) : value)))
      await proc.stderr.flush()
    },
    failed: () => failed && { step: failed, lines: printed.get(failed.number) ?? [] },
  }
}

export function warningText(warnings: readonly Warning[], name: string): string {
  const count = `${warnings.length} warning${warnings.length === 1 ? '' : 's'} found (use ${name} build --check to expand):`
  return `\n ${count}\n${warnings.map(({ rule, message, line }) => ` - ${rule}: ${message} (line ${line})\n`).join('')}`
}

function seconds(ms: number, digits: number): string {
  return (ms / 1000).toFixed(digits)
}
