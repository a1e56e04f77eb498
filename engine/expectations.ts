// What a test may hold a box against: as matchers for expect.extend (vitest, jest), and as assertions for any runner.

import type { Box } from './box.ts'

export interface Verdict {
  readonly pass: boolean
  /** Why not; with `not`, why so. */
  readonly message: () => string
}

/** For `expect.extend(matchers)`. */
export const matchers = {
  /** It has ended with that status; if it still runs, its time passes to its end first (a day at most, on a virtual clock). */
  async toHaveExited(box: Box, exitCode = 0): Promise<Verdict> {
    const actual = box.exitCode ?? (await box.runToEnd())
    return verdict(actual === exitCode, `exit status ${exitCode}`, `${actual}`, box)
  },

  /** Its stdout or stderr has that text, or matches. */
  toPrint(box: Box, text: string | RegExp): Verdict {
    const isIn = (printed: string) => (typeof text === 'string' ? printed.includes(text) : printed.search(text) !== -1)
    const shown = typeof text === 'string' ? JSON.stringify(text) : String(text)
    return verdict(isIn(box.stdout.text()) || isIn(box.stderr.text()), `${shown} printed`, 'other text', box)
  },

  /** There is such a file; with `contents`: that is in it, or matches. */
  toHaveFile(box: Box, path: string, contents?: string | RegExp): Verdict {
    if (!box.files.exists(path)) return verdict(false, `the file ${path}`, 'no such file', box)
    if (contents === undefined) return verdict(true, `no file ${path}`, 'one', box)
    const actual = box.files.read(path)
    const pass = typeof contents === 'string' ? actual === contents : contents.test(actual)
    const shown = typeof contents === 'string' ? JSON.stringify(contents) : String(contents)
    return verdict(pass, `${shown} in ${path}`, JSON.stringify(actual), box)
  },

  /** It changed these files and no others: `A /run/app.pid`. Directories above them need not be named. */
  toHaveChanged(box: Box, changes: readonly string[]): Verdict {
    const made = box.diff().map(({ kind, path }) => `${kind} ${path}`)
    const isAbove = (change: string) => changes.some(each => each.slice(2).startsWith(`${change.slice(2)}/`))
    const own = made.filter(change => changes.includes(change) || !(change.startsWith('C ') && isAbove(change)))
    const pass = own.length === changes.length && changes.every(change => own.includes(change))
    return verdict(pass, `the changes ${list(changes)}`, list(own), box)
  },
} as const

/** The same for runners without `expect` (node:test): each throws an Error that says why. */
export const assertBox = {
  async hasExited(box: Box, exitCode = 0): Promise<void> {
    require(await matchers.toHaveExited(box, exitCode))
  },
  prints(box: Box, text: string | RegExp): void {
    require(matchers.toPrint(box, text))
  },
  hasFile(box: Box, path: string, contents?: string | RegExp): void {
    require(matchers.toHaveFile(box, path, contents))
  },
  hasChanged(box: Box, changes: readonly string[]): void {
    require(matchers.toHaveChanged(box, changes))
  },
} as const

function require({ pass, message }: Verdict): void {
  if (!pass) throw new Error(message())
}

function verdict(pass: boolean, expected: string, actual: string, box: Box): Verdict {
  const message = () => {
    const printed = `\nstdout:\n${tail(box.stdout.text())}\nstderr:\n${tail(box.stderr.text())}`
    return pass
      ? `expected the box not to have ${expected}${printed}`
      : `expected ${expected}, and got ${actual}${printed}`
  }
  return { pass, message }
}

function list(changes: readonly string[]): string {
  return changes.length === 0 ? '(none)' : changes.map(change => `'${change}'`).join(', ')
}

function tail(text: string): string {
  return text.length > 2000 ? `...${text.slice(-2000)}` : text
}
