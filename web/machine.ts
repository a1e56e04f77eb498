// The worker as the page sees it: sessions to open, and reports to ask for.

import { WORKER_FILE } from './files.ts'
import type { FromWorker, LayersReport, SessionId, ToWorker } from './protocol.ts'

export interface Screen {
  /** Calls back when the bytes have been shown. */
  show(bytes: Uint8Array, shown: () => void): void
  ended(status: number): void
}

export interface MachineListener {
  notes(notes: readonly string[]): void
  layers(report: LayersReport): void
}

export interface Line {
  input(bytes: Uint8Array<ArrayBuffer>): void
  resize(rows: number, columns: number): void
  close(): void
}

export class Machine {
  readonly #worker = new Worker(WORKER_FILE, { type: 'module' })
  readonly #screens = new Map<SessionId, Screen>()
  readonly #listener: MachineListener
  #lastSession = 0

  constructor(listener: MachineListener) {
    this.#listener = listener
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data)
    this.#worker.onerror = event => listener.notes([`The worker has failed: ${event.message}`])
  }

  open(rows: number, columns: number, screen: Screen): Line {
    const session = ++this.#lastSession
    this.#screens.set(session, screen)
    this.#send({ type: 'open', session, rows, columns })
    return {
      input: bytes => this.#send({ type: 'input', session, bytes }, [bytes.buffer]),
      resize: (rows, columns) => this.#send({ type: 'resize', session, rows, columns }),
      close: () => {
        this.#screens.delete(session)
        this.#send({ type: 'close', session })
      },
    }
  }

  askLayers(target: string): void {
    this.#send({ type: 'layers', target })
  }

  #receive(message: FromWorker): void {
    if (message.type === 'ready') this.#listener.notes(message.notes)
    else if (message.type === 'failed') this.#listener.notes([message.message])
    else if (message.type === 'layers') this.#listener.layers(message.report)
    else if (message.type === 'output') this.#show(message)
    else this.#end(message)
  }

  #end({ session, status }: Extract<FromWorker, { type: 'ended' }>): void {
    this.#screens.get(session)?.ended(status)
    this.#screens.delete(session)
  }

  #show({ session, bytes }: Extract<FromWorker, { type: 'output' }>): void {
    const count = bytes.length
    this.#screens.get(session)?.show(bytes, () => this.#send({ type: 'ack', session, count }))
  }

  #send(message: ToWorker, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer)
  }
}
