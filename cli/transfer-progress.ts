// Pulling and pushing on the screen: a line a blob as docker prints them, on a terminal with a bar, a rate and the time left.

import { shortId } from '../image/digest.ts'
import type { TellTransfer, TransferEvent } from '../image/registry/transfer.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Process } from '../kernel/process.ts'
import type { Terminal } from '../kernel/terminal.ts'
import { humanSize } from '../lib/human.ts'

export interface TransferWords {
  readonly waiting: string
  readonly progress: string
  readonly done: string
  readonly exists: string
}

export const PULL_WORDS: TransferWords = {
  waiting: 'Pulling fs layer',
  progress: 'Downloading',
  done: 'Pull complete',
  exists: 'Already exists',
}

export const PUSH_WORDS: TransferWords = {
  waiting: 'Preparing',
  progress: 'Pushing',
  done: 'Pushed',
  exists: 'Layer already exists',
}

export interface TransferProgress {
  readonly tell: TellTransfer
  /** Nothing more comes: all of it is on the screen. */
  finish(): Promise<void>
}

export function transferProgress(
  { proc, clock }: { readonly proc: Process; readonly clock: Clock },
  words: TransferWords,
  how: { readonly isQuiet: boolean },
): TransferProgress {
  if (how.isQuiet) return { tell: () => {}, async finish() {} }
  const terminal = proc.terminal(1)
  return terminal ? new Bars(proc, clock, terminal, words) : new Lines(proc, words)
}

/** What happened, a line each; how far it is, nobody wants in a log. */
class Lines implements TransferProgress {
  readonly #proc: Process
  readonly #words: TransferWords
  #writing: Promise<void> = Promise.resolve()

  constructor(proc: Process, words: TransferWords) {
    this.#proc = proc
    this.#words = words
  }

  readonly tell = (event: TransferEvent): void => {
    if (event.kind === 'progress') return
    const line = `${shortId(event.digest)}: ${statusText(event, this.#words)}`
    this.#writing = this.#writing.then(async () => {
      await this.#proc.stdout.line(line)
    })
  }

  finish(): Promise<void> {
    return this.#writing
  }
}

const TICK = 100
const BAR = 30

interface Shown {
  event: TransferEvent
  /** When the first bytes came, and how many were there already. */
  readonly began: number
  readonly from: number
}

class Bars implements TransferProgress {
  readonly #proc: Process
  readonly #clock: Clock
  readonly #terminal: Terminal
  readonly #words: TransferWords
  readonly #blobs = new Map<string, Shown>()
  #drawn = 0
  #drawing: Promise<void> = Promise.resolve()
  #tick: { cancel(): void } | undefined
  #isChanged = false

  constructor(proc: Process, clock: Clock, terminal: Terminal, words: TransferWords) {
    this.#proc = proc
    this.#clock = clock
    this.#terminal = terminal
    this.#words = words
    this.#wait()
  }

  readonly tell = (event: TransferEvent): void => {
    const known = this.#blobs.get(event.digest)
    const isFirst = !known || (known.event.kind === 'waiting' && event.kind === 'progress')
    if (isFirst) this.#blobs.set(event.digest, { event, began: this.#clock.now(), from: event.done })
    else known.event = event
    this.#isChanged = true
  }

  async finish(): Promise<void> {
    this.#tick?.cancel()
    await this.#draw()
  }

  #wait(): void {
    this.#tick = this.#clock.alarm(TICK, () => {
      if (this.#isChanged) void this.#draw()
      this.#wait()
    })
  }

  #draw(): Promise<void> {
    this.#isChanged = false
    this.#drawing = this.#drawing.then(async () => {
      const width = this.#terminal.size.columns || 80
      const lines = [...this.#blobs.values()].map(shown => this.#line(shown).slice(0, width - 1))
      const back = this.#drawn === 0 ? '' : `\x1b[${this.#drawn}A\r\x1b[J`
      this.#drawn = lines.length
      await this.#proc.stdout.write(back + lines.map(line => `${line}\n`).join(''))
      await this.#proc.stdout.flush()
    })
    return this.#drawing
  }

  #line({ event, began, from }: Shown): string {
    const text = `${shortId(event.digest)}: ${statusText(event, this.#words)}`
    if (event.kind !== 'progress') return text
    const { done, size } = event
    const filled = Math.floor((done / Math.max(1, size)) * BAR)
    const bar = `[${'='.repeat(filled)}>${' '.repeat(BAR - filled)}]`
    const rate = ((done - from) / Math.max(1, this.#clock.now() - began)) * 1000
    const left = rate > 0 ? ` ${Math.ceil((size - done) / rate)}s left` : ''
    return `${text} ${bar} ${humanSize(done)}/${humanSize(size)} ${humanSize(Math.round(rate))}/s${left}`
  }
}

function statusText(event: TransferEvent, words: TransferWords): string {
  switch (event.kind) {
    case 'mounted':
      return `Mounted from ${event.text}`
    case 'again':
      return `Retrying: ${event.text}`
    default:
      return words[event.kind]
  }
}
