// Programs that are fetched when the first prompt is there, or when one of them is run before. Until then their names are
// all that is known (web/build.mjs puts these in the place of applets/index.ts and shell/bash.ts).

import type { Applet } from '../applets/applet.ts'
import type { Process } from '../kernel/process.ts'
import type { Program } from '../kernel/program.ts'

type Parts = typeof import('./late-parts.ts')

let parts: Parts | undefined
let loading: Promise<Parts> | undefined

export function loadParts(): Promise<Parts> {
  loading ??= fetchParts()
  return loading
}

export function lateProgram(name: string, find: (parts: Parts) => Program | undefined): Program {
  return {
    name,
    main: proc =>
      parts
        ? runFound(proc, name, find(parts))
        : proc.kernel.external(loadParts()).then(
            found => runFound(proc, name, find(found)),
            error => refuse(proc, name, error),
          ),
  }
}

/** The applet at this place of the list. Without its options nothing of them is completed; they come in a moment. */
export function lateApplet(name: string, aliases: readonly string[], at: number): Program & Partial<Applet> {
  return {
    ...lateProgram(name, ({ applets }) => applets[at]),
    aliases,
    get options() {
      return parts?.applets[at]?.options ?? {}
    },
  }
}

/** A network that fails once may do the next time. */
async function fetchParts(): Promise<Parts> {
  try {
    parts = await import('./late-parts.ts')
    return parts
  } catch (error) {
    loading = undefined
    throw error
  }
}

function runFound(proc: Process, name: string, program: Program | undefined): number | Promise<number> {
  if (!program) throw new Error(`${name} is not in the page's late parts`)
  return program.main(proc)
}

async function refuse(proc: Process, name: string, error: unknown): Promise<number> {
  await proc.stderr.line(`${name}: can't be fetched: ${error instanceof Error ? error.message : String(error)}`)
  return 126
}
