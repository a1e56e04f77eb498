import { flag } from '../lib/options.ts'
import { Accounts } from './accounts.ts'
import { applet, Failure } from './applet.ts'
import { type ProcessEntry, readProcesses } from './process-table.ts'

/** pstree, as in busybox: equal children without children are counted. */
export default applet({
  name: 'pstree',
  about: 'Print the tree of processes, or what is under a PID or belongs to a USER',
  operands: '[PID|USER]',
  most: 1,
  options: { showPids: flag('-p', 'Show process ids') },
  async main({ proc, options, operands: [start] }) {
    const tree = new Tree(readProcesses(proc), options.showPids)
    for (const line of rootsOf(tree, new Accounts(proc), start).flatMap(root => tree.lines(root)))
      await proc.stdout.line(line)
  },
})

function rootsOf(tree: Tree, accounts: Accounts, start: string | undefined): ProcessEntry[] {
  if (start === undefined) return tree.find(({ pid }) => pid === 1)
  if (/^\d+$/.test(start)) return tree.find(({ pid }) => pid === Number(start))
  const uid = accounts.users.find(({ name }) => name === start)?.uid
  if (uid === undefined) throw new Failure(`unknown user ${start}`)
  const own = tree.find(entry => entry.uid === uid)
  return own.filter(({ ppid }) => !own.some(({ pid }) => pid === ppid))
}

class Tree {
  readonly #entries: readonly ProcessEntry[]
  readonly #showsPids: boolean

  constructor(entries: readonly ProcessEntry[], showsPids: boolean) {
    this.#entries = entries
    this.#showsPids = showsPids
  }

  find(is: (entry: ProcessEntry) => boolean): ProcessEntry[] {
    return this.#entries.filter(is)
  }

  /** The first child stands on its parent's line, the others below it. */
  lines(entry: ProcessEntry): string[] {
    const name = this.#showsPids ? `${entry.comm}(${entry.pid})` : entry.comm
    const branches = this.#branches(entry)
    if (branches.length === 0) return [name]
    const blank = ' '.repeat(name.length)
    return branches.flatMap((lines, at) => {
      const isLast = at === branches.length - 1
      const sign = branches.length === 1 ? '---' : at === 0 ? '-+-' : isLast ? ' `-' : ' |-'
      return lines.map((line, row) => {
        if (row > 0) return `${blank}${isLast ? '   ' : ' | '}${line}`
        return `${at === 0 ? name : blank}${sign}${line}`
      })
    })
  }

  #branches(entry: ProcessEntry): string[][] {
    const counted = new Map<string, { lines: string[]; count: number }>()
    const children = this.find(({ ppid }) => ppid === entry.pid).map(child => this.lines(child))
    children.sort((a, b) => (a[0]! < b[0]! ? -1 : a[0]! > b[0]! ? 1 : 0))
    for (const [at, lines] of children.entries()) {
      const isAlone = lines.length > 1 || /---/.test(lines[0]!)
      const key = isAlone ? `${at} ${lines.join('\n')}` : lines[0]!
      const known = counted.get(key)
      if (known) known.count++
      else counted.set(key, { lines, count: 1 })
    }
    return [...counted.values()].map(({ lines, count }) => (count > 1 ? [`${count}*[${lines[0]}]`] : lines))
  }
}
