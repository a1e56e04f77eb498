import { decode } from '../lib/bytes.ts'
import { applet, Failure } from './applet.ts'
import { openOrFail } from './operands.ts'

interface Node {
  readonly name: string
  readonly after: Node[]
  /** How many are still before it. */
  before: number
}

/** tsort, POSIX XCU. */
export default applet({
  name: 'tsort',
  about: 'Sort names so that of each pair in FILE, or stdin, the first comes before the second',
  operands: '[FILE]',
  most: 1,
  async main({ proc, operands, warn }) {
    const input = await openOrFail(proc, operands[0] ?? '-')
    const words = decode(await input.all())
      .split(/[ \t\n]+/)
      .filter(word => word !== '')
    const nodes = nodesOf(words)
    if (words.length % 2 !== 0) throw new Failure('odd input')
    let left = [...nodes.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
    while (left.length > 0) {
      const round = left
      left = left.filter(node => node.before > 0)
      const ready = round.filter(node => node.before === 0)
      if (ready.length === 0) {
        const [first] = left
        if (!first) break
        warn(`cycle at ${first.name}`)
        ready.push(first)
        left = left.slice(1)
      }
      for (const node of ready) {
        await proc.stdout.line(node.name)
        for (const next of node.after) next.before--
      }
      const pause = proc.gate()
      if (pause) await pause
    }
  },
})

function nodesOf(words: readonly string[]): Map<string, Node> {
  const nodes = new Map<string, Node>()
  const nodeOf = (name: string) => {
    const node = nodes.get(name) ?? { name, after: [], before: 0 }
    nodes.set(name, node)
    return node
  }
  for (let i = 0; i + 1 < words.length; i += 2) {
    const [first, second] = [nodeOf(words[i]!), nodeOf(words[i + 1]!)]
    if (first === second || first.after.includes(second)) continue
    first.after.push(second)
    second.before++
  }
  return nodes
}
