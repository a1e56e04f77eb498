// A build's progress on a terminal, as buildx draws it: a line a step, with the last lines of what runs folded below it,
// drawn again as it changes.

import type { Progress, ProgressEvent, Step } from '../engine/build/progress.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Process } from '../kernel/process.ts'
import type { Terminal } from '../kernel/terminal.ts'
import { textWidth } from '../lib/width.ts'
import { PrintedLines, type ProgressRenderer, secondsText } from './progress-renderer.ts'

/** How many of its lines a running step shows. */
const FOLDED = 6
/** Times are drawn again so often. */
const TICK = 100

interface Shown {
  readonly step: Step
  readonly began: number
  ended: number | undefined
  outcome: 'running' | 'done' | 'cached' | 'failed' | 'canceled'
  readonly notes: string[]
  lines: readonly string[]
}

export interface TtyOptions {
  readonly proc: Process
  readonly terminal: Terminal
  readonly clock: Clock
  /** Monotonic milliseconds, as events have them. */
  readonly now: () => number
}

export class TtyProgress implements ProgressRenderer {
  readonly progress: Progress
  readonly #how: TtyOptions
  readonly #printed = new PrintedLines()
  readonly #steps = new Map<number, Shown>()
  readonly #began: number
  /** Lines on the screen that the next drawing takes back. */
  #drawn = 0
  #tick: { cancel(): void } | undefined
  #isFinished = false
  /** Drawings come one after another. */
  #drawing: Promise<void> = Promise.resolve()

  constructor(how: TtyOptions) {
    this.#how = how
    this.#began = how.now()
    this.progress = event => this.#take(event)
    this.#wait()
  }

  failed() {
    return this.#printed.failed()
  }

  async finish(): Promise<void> {
    this.#isFinished = true
    this.#tick?.cancel()
    await this.#draw()
  }

  #take(event: ProgressEvent): Promise<void> {
    const lines = this.#printed.take(event)
    const { step } = event
    if (event.kind === 'begin') {
      this.#steps.set(step.number, {
        step,
        began: event.time,
        ended: undefined,
        outcome: 'running',
        notes: [],
        lines: [],
      })
    }
    const shown = this.#steps.get(step.number)
    if (shown && event.kind === 'note') shown.notes.push(event.text)
    if (shown && lines.length > 0) shown.lines = this.#printed.last(step).slice(-FOLDED)
    if (shown && event.kind === 'end') {
      shown.outcome = event.outcome
      shown.ended = event.time
    }
    // What a step prints is drawn at the next tick: a loud one must not be slowed down.
    return event.kind === 'output' ? Promise.resolve() : this.#draw()
  }

  #wait(): void {
    this.#tick = this.#how.clock.alarm(TICK, () => {
      if (this.#isFinished) return
      void this.#draw()
      this.#wait()
    })
  }

  #draw(): Promise<void> {
    this.#drawing = this.#drawing.then(async () => {
      const { rows, columns } = this.#how.terminal.size
      const lines = this.#lines(columns || 80)
      // What no longer fits on the screen cannot be taken back: only its end is drawn while the build goes on.
      const most = Math.max(2, (rows || 24) - 1)
      const visible = this.#isFinished || lines.length <= most ? lines : [lines[0]!, ...lines.slice(1 - most)]
      const back = this.#drawn === 0 ? '' : `\x1b[${this.#drawn}A\r\x1b[J`
      this.#drawn = visible.length
      await this.#how.proc.stderr.write(`${back}${visible.join('\n')}\n`)
      await this.#how.proc.stderr.flush()
    })
    return this.#drawing
  }

  #lines(columns: number): string[] {
    const steps = [...this.#steps.values()]
    const done = steps.filter(({ outcome }) => outcome !== 'running').length
    const time = secondsText(this.#how.now() - this.#began, 1)
    const state = this.#isFinished ? ' FINISHED' : ''
    const head = `[+] Building ${time}s (${done}/${steps.length})${state}`
    return [colored(head, this.#isFinished ? BLUE : ''), ...steps.flatMap(shown => this.#stepLines(shown, columns))]
  }

  #stepLines({ step, began, ended, outcome, notes, lines }: Shown, columns: number): string[] {
    const mark = { running: '', done: '', cached: 'CACHED ', failed: 'ERROR ', canceled: 'CANCELED ' }[outcome]
    const time = `${secondsText((ended ?? this.#how.now()) - began, 1)}s`
    const color = { running: '', done: BLUE, cached: BLUE, failed: RED, canceled: YELLOW }[outcome]
    const shown = [colored(oneLine(` => ${mark}${step.name}`, time, columns), color)]
    for (const note of notes.slice(-2)) shown.push(colored(oneLine(` => => ${note}`, '', columns), color))
    if (outcome === 'running') for (const line of lines) shown.push(oneLine(` => => # ${line}`, '', columns))
    return shown
  }
}

const BLUE = '\x1b[34m'
const RED = '\x1b[31m'
const YELLOW = '\x1b[33m'

function colored(text: string, color: string): string {
  return color === '' ? text : `${color}${text}\x1b[0m`
}

/** Cut so that it is one line of the screen, with `right` at its end. */
function oneLine(left: string, right: string, columns: number): string {
  const room = columns - 1 - (right === '' ? 0 : right.length + 1)
  // A program's own colours and cursor keys would spoil the picture.
  let text = left.replace(/\x1b\[[0-9;?]*[ -/]*[@-~]/g, '').replace(/[\x00-\x1f\x7f]/g, ' ')
  if (textWidth(text) > room) {
    while (textWidth(text) > room - 3 && text !== '') text = text.slice(0, -1)
    text += '...'
  }
  return right === '' ? text : `${text}${' '.repeat(Math.max(1, columns - 1 - textWidth(text) - right.length))}${right}`
}
