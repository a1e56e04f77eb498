// The actions of find: what is done with a file.

import { SysError } from '../../kernel/errno.ts'
import { exitStatus } from '../../kernel/wait-status.ts'
import { confirm } from '../refused.ts'
import { startCommand } from '../run-command.ts'
import type { Predicate, Search } from './visit.ts'

/** Actions without an argument. */
export const ACTIONS: ReadonlyMap<string, (search: Search) => Predicate> = new Map<
  string,
  (search: Search) => Predicate
>([
  ['-print', search => print(search, '\n')],
  ['-print0', search => print(search, '\0')],
  ['-prune', prune],
  ['-quit', quit],
  ['-delete', remove],
])

function print({ proc }: Search, end: string): Predicate {
  return ({ path }) => {
    const slow = proc.stdout.write(path + end)
    return slow ? slow.then(() => true) : true
  }
}

function prune(search: Search): Predicate {
  return () => {
    search.isPruned = true
    return true
  }
}

function quit(search: Search): Predicate {
  return () => {
    search.isOver = true
    return true
  }
}

function remove({ proc, warn }: Search): Predicate {
  return ({ path, stat }) => {
    if (path === '.') return true
    try {
      if (stat.kind === 'directory') proc.rmdir(path)
      else proc.unlink(path)
      return true
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      warn(`${path}: ${error.message}`)
      return false
    }
  }
}

/** `-exec ... ;` and, with a question before, `-ok ... ;`: true when the program succeeds. */
export function runEach(search: Search, words: readonly string[], asks: boolean): Predicate {
  return async ({ path }) => {
    const argv = words.map(word => word.replaceAll('{}', path))
    if (asks && !(await confirm(search.proc, `${argv.join(' ')} ?`, ''))) return false
    return (await run(search, argv)) === 0
  }
}

/** Bytes of names that one program is given. */
const MOST = 32 * 1024

/** `-exec ... {} +`: always true; the names are gathered, and a failure shows in find's status. */
export function runMany(search: Search, words: readonly string[]): Predicate {
  let names: string[] = []
  let size = 0
  const flush = async () => {
    const gathered = names
    names = []
    size = 0
    if (gathered.length === 0) return
    const status = await run(
      search,
      words.flatMap(word => (word === '{}' ? gathered : [word])),
    )
    if (status !== 0) search.hasFailed = true
  }
  search.rest.push(flush)
  return ({ path }) => {
    names.push(path)
    size += path.length + 1
    return size < MOST ? true : flush().then(() => true)
  }
}

async function run({ proc }: Search, argv: readonly string[]): Promise<number> {
  await proc.stdout.flush()
  const started = startCommand(proc, argv)
  const ended = await proc.wait(started.child.pid)
  // busybox: it is told of, but the status stays.
  if (started.refusal) await proc.stderr.line(`find: ${argv[0]}: ${started.refusal.message}`)
  return ended ? exitStatus(ended[1]) : 1
}
