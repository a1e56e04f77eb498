// `cowbox/vitest`: a test that is given a box, and matchers for it.

import { test as base, expect } from 'vitest'
import type { Box } from '../../engine/box.ts'
import { matchers } from '../../engine/expectations.ts'
import { type Library, virtualClock } from '../../engine/library.ts'
import type { RunOptions } from '../../engine/run-options.ts'
import type { Image } from '../../image/store.ts'
import { Engine } from './index.ts'

expect.extend(matchers)

interface BoxMatchers<R = unknown> {
  /** It has ended with that status (0); if it still runs, its time passes to its end first. */
  toHaveExited(exitCode?: number): Promise<R>
  /** Its stdout or stderr has that text, or matches. */
  toPrint(text: string | RegExp): R
  /** There is such a file; with `contents`: that is in it, or matches. */
  toHaveFile(path: string, contents?: string | RegExp): R
  /** It changed these files and no others: `A /run/app.pid`. */
  toHaveChanged(changes: readonly string[]): R
}

declare module 'vitest' {
  interface Matchers<T> extends BoxMatchers<T> {}
}

/** A box over the image, on a virtual clock and with a seed, so that each run is the same; killed when the test is over. */
export type Run = (cmd: readonly string[] | string, how?: RunOptions) => Promise<Box>

export interface Fixtures {
  /** One for all tests of a file, in memory. */
  readonly engine: Library
  /** What boxes are run from: `test.extend({ image: 'name' })`, or a function of the engine that builds one. */
  readonly image: Image | string
  readonly run: Run
  /** A box that waits, for `exec` and `files`. */
  readonly box: Box
}

let opened: Promise<Library> | undefined

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads a fixture's needs from the pattern
  engine: async ({}, use) => use(await (opened ??= Engine.open())),
  image: 'busybox',
  run: async ({ engine, image }, use) => {
    const boxes: Box[] = []
    await use(async (cmd, how = {}) => {
      const words = typeof cmd === 'string' ? ['sh', '-c', cmd] : cmd
      const box = await engine.run(image, { clock: virtualClock(), seed: 1, cmd: words, ...how })
      boxes.push(box)
      return box
    })
    for (const box of boxes) if (box.isRunning) await box.kill('KILL')
  },
  box: async ({ run }, use) => use(await run(['sleep', 'inf'], { entrypoint: [] })),
})

export { describe, expect } from 'vitest'
export { matchers }
