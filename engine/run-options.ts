// What a box is run with.

import type { Clock } from '../kernel/clock.ts'
import type { Limits } from '../kernel/limits.ts'
import type { Program } from '../kernel/program.ts'
import type { Size } from './container.ts'
import type { LineCoverage } from './line-coverage.ts'
import type { MountSpecification } from './specification.ts'
import type { Stub } from './stubs.ts'
import type { Listener } from './tap.ts'

export interface RunOptions {
  /** Arguments: they replace CMD and follow ENTRYPOINT. */
  readonly cmd?: readonly string[]
  readonly entrypoint?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly user?: string
  readonly workingDirectory?: string
  readonly hostname?: string
  readonly tty?: boolean
  /** Of the terminal, with `tty`. */
  readonly size?: Size
  readonly readOnly?: boolean
  /** Given to stdin at once, which is then closed. Without it stdin is empty; 'open': fed by `write`, ended by `closeInput`. */
  readonly stdin?: string | Uint8Array | { readonly open: true }
  readonly mounts?: readonly MountSpecification[]
  readonly limits?: Partial<Limits>
  /** `virtualClock()`: time passes only by `advance`, `runUntil` and `runToEnd`. */
  readonly clock?: Clock
  /** What the box draws by chance ($RANDOM, /dev/urandom, ids) is then the same every run. */
  readonly seed?: number
  /** Commands that are played by the test: the text of a script, or a function. Their calls are kept in `box.calls`. */
  readonly stubs?: Readonly<Record<string, Stub>>
  /** Commands in TypeScript, declared as the box's own are (`applet({ name, about, options, main })`), by their names in its PATH. */
  readonly commands?: readonly Program[]
  /** Looks at every system call: for `box.report`, `box.failNext`, `box.slow`, `box.signalAt`. */
  readonly watch?: boolean
  /** Counts the lines of shell that are run: for `box.coverage`; into one of yours, which sums several boxes. */
  readonly coverage?: boolean | LineCoverage
  /** Hears all it prints, from the first byte on. A promise says: no more until it resolves. */
  readonly onOutput?: Listener
  /** Aborting kills the container. */
  readonly signal?: AbortSignal
}
