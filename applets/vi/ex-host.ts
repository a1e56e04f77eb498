// What the commands behind `:` need of the editor.

import type { Buffer, Position } from './buffer.ts'
import type { Register } from './operator.ts'
import type { Settings } from './settings.ts'

export interface ExHost {
  readonly buffer: Buffer
  readonly cursor: Position
  readonly settings: Settings
  readonly hasMoreFiles: boolean
  readonly remainingFiles: number
  message: string | undefined
  lastPattern: string | undefined
  lastSubstitution: { pattern: string; replacement: string; flags: string } | undefined
  searchFrom(pattern: string, direction: 1 | -1): Position | undefined
  moveTo(position: Position): void
  moveToLine(line: number): void
  /** All that it changes is undone together. */
  change(piece: () => void): void
  store(register: Register): void
  fetch(): Register | undefined
  undo(): void
  joinLines(line: number, count: number): void
  shiftLines(from: number, to: number, direction: 1 | -1): void
  redraw(): void
  tellFile(): void
  quit(): void
  openFile(name: string | undefined): Promise<void>
  switchFile(where: 1 | -1 | 'first'): Promise<void>
  readText(name: string): Promise<string>
  writeFile(
    name: string,
    text: string,
    how: { readonly isAppend: boolean; readonly isForced: boolean; readonly lines: number },
  ): Promise<void>
  runShell(command: string): Promise<void>
  outputOf(command: string, input?: string): Promise<string>
}
