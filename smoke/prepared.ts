// An image made ready once. Each check gets a copy-on-write fork of its files, and each command a container of its own.

import type { Box } from '../engine/box.ts'
import { BoxFiles } from '../engine/box-files.ts'
import { EngineError, StartError } from '../engine/errors.ts'
import { type Library, virtualClock } from '../engine/library.ts'
import type { LineCoverage } from '../engine/line-coverage.ts'
import { LocalContainer } from '../engine/memory-containers.ts'
import type { RunOptions } from '../engine/run-options.ts'
import type { MountSpecification } from '../engine/specification.ts'
import type { RunConfig } from '../image/config.ts'
import type { Image } from '../image/store.ts'
import type { Clock } from '../kernel/clock.ts'
import type { CowFileSystem } from '../kernel/vfs/cow.ts'

/** Files and variables: an image, or what setup commands made of one. */
export interface State {
  readonly tree: CowFileSystem
  readonly env: ReadonlyMap<string, string>
}

/** How all containers of a test file are run. */
export interface Settings {
  readonly user: string | undefined
  readonly tty: boolean
  readonly mounts: readonly MountSpecification[]
  /** Variables of containerRunOptions: they win over a test's own. */
  readonly env: ReadonlyMap<string, string>
  /** Milliseconds since the epoch; undefined: time passes as it does outside. */
  readonly startTime: number | undefined
}

export interface Ran {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
  readonly state: State
}

/** By its own clock, a container that is looked at may take so long to get there; a command has a day. */
export const LONGEST_RUN = 60_000
const LONGEST_COMMAND = 24 * 3600 * 1000

/** By the clock on the wall, however busy it is. */
const LONGEST_WALL = 60_000

export class Prepared {
  readonly library: Library
  readonly image: Image
  readonly state: State
  readonly files: BoxFiles

  readonly #coverage: LineCoverage | undefined

  private constructor(library: Library, image: Image, tree: CowFileSystem, coverage: LineCoverage | undefined) {
    this.library = library
    this.image = image
    this.#coverage = coverage
    this.state = { tree, env: variablesOf(image.config.config) }
    this.files = new BoxFiles(tree)
  }

  /**
   * With the mount points that a container gets (/proc, /etc/hosts, ...), as docker's file calls see them. `coverage`: counts
   * the lines of shell that all its containers run.
   */
  static async open(library: Library, image: Image, coverage?: LineCoverage): Promise<Prepared> {
    const { engine } = library
    const specification = await engine.specify(image, image.id, { entrypoint: ['true'] })
    const made = new LocalContainer(specification, await engine.surroundings(specification))
    return new Prepared(library, image, made.container.root, coverage)
  }

  /** A container over a fork of those files. Throws StartError, EngineError. */
  start(state: State, settings: Settings, how: RunOptions): Promise<Box> {
    const clock = this.#clock(settings)
    const env = { ...Object.fromEntries(state.env), ...how.env }
    const now = () => BigInt(Math.round(clock.now() * 1000)) * 1000n
    return this.library.runTree(this.image, state.tree.fork({ now }), {
      ...how,
      clock,
      env,
      mounts: settings.mounts,
      tty: how.tty ?? settings.tty,
      ...(this.#coverage ? { coverage: this.#coverage } : {}),
      ...(how.user !== undefined ? {} : settings.user === undefined ? {} : { user: settings.user }),
    })
  }

  /** A command to its end, without the entrypoint. Throws StartError; EngineError when it does not end. */
  async run(state: State, settings: Settings, argv: readonly string[], env: ReadonlyMap<string, string>): Promise<Ran> {
    const box = await this.start(state, settings, { entrypoint: [], cmd: argv, env: Object.fromEntries(env) })
    const exitCode = await this.guard(box, () => box.runToEnd({ within: LONGEST_COMMAND }))
    const merged = new Map([...state.env, ...env])
    return {
      stdout: box.stdout.text(),
      stderr: box.stderr.text(),
      exitCode,
      state: { tree: box.tree, env: merged },
    }
  }

  /** Something that a box is asked to do, but not for ever: one that is busy never lets a virtual clock move. */
  async guard<T>(box: Box, act: () => Promise<T>): Promise<T> {
    let isOver = false
    const alarm = this.library.engine.host.clock.alarm(LONGEST_WALL, () => {
      isOver = true
      if (box.isRunning) void box.kill('KILL')
    })
    try {
      const done = await act()
      if (isOver) throw new EngineError('too-late', `it was busy for ${LONGEST_WALL / 1000} s and was killed`)
      return done
    } catch (error) {
      if (error instanceof EngineError && box.isRunning) await box.kill('KILL')
      throw error
    } finally {
      alarm.cancel()
    }
  }

  #clock({ startTime }: Settings): Clock {
    return startTime === undefined ? this.library.engine.host.clock : virtualClock(startTime)
  }
}

/** What went wrong in words, for errors that are an outcome of the check and no bug. */
export function reasonOf(error: unknown): string {
  if (error instanceof StartError) return [error.message, ...(error.advice ? [error.advice] : [])].join('\n')
  if (error instanceof EngineError) return error.message
  throw error
}

export function variablesOf(config: RunConfig): Map<string, string> {
  return new Map((config.Env ?? []).map(pair => splitPair(pair)))
}

export function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=')
  return at === -1 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
}
