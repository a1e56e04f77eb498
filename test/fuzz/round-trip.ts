// What the parser may do with a text: read it, and print what reads as the same tree; or refuse it as a syntax error.

import type { Dialect } from '../../shell/dialect.ts'
import { parse } from '../../shell/parser.ts'
import { print } from '../../shell/printer.ts'
import type { List } from '../../shell/syntax.ts'
import { ShellSyntaxError } from '../../shell/syntax-error.ts'

/** `fault`: what it did instead. */
export type Reading = { readonly outcome: 'refused' | 'same' } | { readonly outcome: 'fault'; readonly what: string }

export function roundTrip(text: string, dialect: Dialect): Reading {
  try {
    const commands = read(text, dialect)
    if (!commands) return { outcome: 'refused' }
    for (const command of commands) {
      const printed = print(command)
      const again = read(printed, dialect)
      if (!again) return { outcome: 'fault', what: `what was printed is refused: ${JSON.stringify(printed)}` }
      if (shape(again) !== shape([command])) return { outcome: 'fault', what: otherTree(printed, command, again) }
    }
    return { outcome: 'same' }
  } catch (error) {
    return { outcome: 'fault', what: `crash: ${error instanceof Error ? error.stack : String(error)}` }
  }
}

function read(text: string, dialect: Dialect): List[] | undefined {
  try {
    return parse(text, { dialect, isExtglob: () => dialect === 'bash' }).filter(list => list.items.length > 0)
  } catch (error) {
    if (error instanceof ShellSyntaxError) return undefined
    throw error
  }
}

/** The tree without positions, whatever the order in which a node was filled. */
function shape(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each
    const fields = Object.entries(each).filter(([key]) => key !== 'line' && key !== 'offset')
    return Object.fromEntries(fields.sort(([one], [other]) => (one < other ? -1 : 1)))
  })
}

function otherTree(printed: string, before: List, after: readonly List[]): string {
  return `another tree: ${JSON.stringify(printed)}\n  before ${shape([before])}\n  after  ${shape(after)}`
}
