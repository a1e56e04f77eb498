// Snapshots beside a test file, in JSON that reads well in a diff.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { decode } from '../lib/bytes.ts'
import type { Snapshots } from '../smoke/context.ts'
import { Refusal } from './context.ts'
import { writeFile } from './create-options.ts'

export class SnapshotFile implements Snapshots {
  readonly isUpdating: boolean
  readonly #proc: Process
  readonly #path: string
  readonly #kept: Map<string, unknown>
  #hasChanged = false

  constructor(proc: Process, path: string, isUpdating: boolean) {
    this.#proc = proc
    this.#path = path
    this.isUpdating = isUpdating
    this.#kept = readKept(proc, path)
  }

  get(name: string): string | undefined {
    const kept = this.#kept.get(name)
    return kept === undefined ? undefined : JSON.stringify(kept, null, 2)
  }

  set(name: string, text: string): void {
    this.#kept.set(name, JSON.parse(text))
    this.#hasChanged = true
  }

  save(): void {
    if (!this.#hasChanged) return
    const sorted = [...this.#kept].sort(([a], [b]) => (a < b ? -1 : 1))
    writeFile(this.#proc, this.#path, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`)
  }
}

function readKept(proc: Process, path: string): Map<string, unknown> {
  try {
    return new Map(Object.entries(JSON.parse(decode(proc.contentsOf(path)))))
  } catch (error) {
    if (error instanceof SysError && error.errno === 'ENOENT') return new Map()
    if (!(error instanceof SyntaxError)) throw error
    throw new Refusal(`${path} is damaged: ${error.message}`)
  }
}
