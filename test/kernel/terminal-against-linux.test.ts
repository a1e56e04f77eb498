// Sessions on our terminal and on Linux's, side by side: what is shown and what is read must be the same.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../kernel/clock.ts'
import { Terminal } from '../../kernel/terminal.ts'
import { type Character, FLAGS, type Flag, type FlagGroup, SANE } from '../../kernel/termios.ts'
import { encode } from '../../lib/bytes.ts'

interface Change {
  readonly flags?: Partial<Record<Flag, boolean>>
  readonly characters?: Partial<Record<Character, number>>
}

type Step = ['type', string] | ['print', string] | ['read', number] | ['change', Change]

interface Session extends Change {
  readonly steps: readonly Step[]
}

const hasPython = spawnSync('python3', ['-c', 'import pty; pty.openpty()']).status === 0

describe.skipIf(!hasPython)('as Linux', () => {
  it('sessions by hand', () => compare(SESSIONS), 60_000)
  it('sessions by chance', () => compare(Array.from({ length: 150 }, (_, seed) => randomSession(seed + 1))), 60_000)
})

const line = (keys: string, flags: Partial<Record<Flag, boolean>> = {}): Session => ({
  flags,
  steps: [
    ['type', keys],
    ['read', 100],
    ['type', '\n'],
    ['read', 100],
    ['read', 100],
  ],
})

const SESSIONS: readonly Session[] = [
  line('hello'),
  line('hello\x7f\x7fp'),
  line('a\tb\x7f\x7f\x7f'),
  line('\ta\t\x7f\x7f'),
  line('one two-three  \x17\x17x'),
  line('one two\x15three'),
  line('one two\x15three', { echoke: false }),
  line('one two\x15three', { echok: false }),
  line('one two\x7f\x7f', { echoe: false }),
  line('one\x7f\x7ftwo\x17\x15x', { echoprt: true }),
  line('\x01\x02\x7fa\x7f\x7f\x1b[A'),
  line('\x01\x02\x7fa\x7f\x7f', { echoctl: false }),
  line('é\x7fx\x7fß\x7f\x7f'),
  line('é\x7fx\x7fß\x7f\x7f', { iutf8: false }),
  line('a\x16\x03b\x16\x7f\x7f'),
  line('abc\x12def'),
  line('abc\x03def'),
  line('abc\x1cdef\x1ag'),
  line('abc\x03def', { noflsh: true }),
  line('abc\x03def', { isig: false }),
  line('abc', { echo: false }),
  line('abc', { echo: false, echonl: true }),
  line('a\rb\nc', { icrnl: false }),
  line('a\rb\nc', { igncr: true }),
  line('a\rb\nc', { inlcr: true, icrnl: false }),
  line('abc\x04def\x04'),
  line('\x04\x04abc'),
  line('a\nb\nc'),
  line('a\tb\n', { tab3: true }),
  line('a\tb\nC', { iuclc: true }),
  line('a\tb\nc', { olcuc: true }),
  line('a\rb\nc\r\r\n', { onlcr: false, ocrnl: true, icrnl: false, onocr: true }),
  line('a\rb\nc', { opost: false }),
  line('abc\x7f\x17\x15\x16\x12', { icanon: false }),
  line('a\x16b\x17\x12', { iexten: false }),
  {
    characters: { eol: 0x3b },
    steps: [
      ['type', 'a;b;c'],
      ['read', 9],
      ['read', 9],
      ['read', 9],
    ],
  },
  {
    steps: [
      ['type', 'abc\x04'],
      ['read', 3],
      ['read', 3],
    ],
  },
  {
    steps: [
      ['type', 'abc\n'],
      ['read', 3],
      ['read', 3],
      ['read', 3],
    ],
  },
  {
    steps: [
      ['type', 'abc\x04\n'],
      ['read', 2],
      ['read', 2],
      ['read', 2],
      ['read', 2],
    ],
  },
  {
    steps: [
      ['print', 'prompt> '],
      ['type', '\tx\x7f\x7f'],
      ['read', 9],
    ],
  },
  {
    steps: [
      ['print', 'a\nb\tc\r\n'],
      ['type', '\t\x7f'],
      ['print', 'é\n'],
    ],
  },
  {
    steps: [
      ['type', 'ab'],
      ['change', { flags: { icanon: false } }],
      ['read', 9],
      ['type', 'c'],
      ['read', 9],
    ],
  },
  {
    flags: { icanon: false },
    steps: [
      ['type', 'ab'],
      ['change', { flags: { icanon: true } }],
      ['type', 'c\nd'],
      ['read', 9],
      ['read', 9],
    ],
  },
  {
    steps: [
      ['type', 'ab\x04c'],
      ['change', { flags: { icanon: false } }],
      ['read', 9],
    ],
  },
  {
    flags: { icanon: false },
    characters: { min: 3 },
    steps: [
      ['type', 'ab'],
      ['read', 9],
      ['type', 'c'],
      ['read', 9],
    ],
  },
  {
    flags: { icanon: false },
    characters: { min: 0 },
    steps: [
      ['read', 9],
      ['type', 'c'],
      ['read', 9],
    ],
  },
  {
    steps: [
      ['type', 'x'.repeat(4090)],
      ['type', 'yyyyyyyyyyyyyz\n'],
      ['read', 9000],
    ],
  },
  {
    steps: [
      ['type', 'a\n'.repeat(30)],
      ['read', 9000],
      ['type', 'b\x1cc\n'],
      ['read', 9],
    ],
  },
]

const KEYS = [
  'a',
  'b',
  '-',
  ' ',
  'é',
  '\t',
  '\n',
  '\r',
  '\x7f',
  '\x7f',
  '\x15',
  '\x17',
  '\x16',
  '\x12',
  '\x04',
  '\x1b',
  '\x01',
]
const CHOICES: readonly Flag[] = [
  ...([
    'echo',
    'echoe',
    'echok',
    'echoke',
    'echoctl',
    'echonl',
    'echoprt',
    'iexten',
    'isig',
    'noflsh',
    'icanon',
  ] as const),
  ...([
    'icrnl',
    'inlcr',
    'igncr',
    'iutf8',
    'iuclc',
    'opost',
    'onlcr',
    'ocrnl',
    'onocr',
    'onlret',
    'tab3',
    'olcuc',
  ] as const),
]

function randomSession(seed: number): Session {
  let state = seed * 2654435761
  const draw = (below: number) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0
    return ((state ^ (state >>> 13)) >>> 0) % below
  }
  const flags: Partial<Record<Flag, boolean>> = {}
  for (const flag of CHOICES) if (draw(6) === 0) flags[flag] = !SANE[flag]
  const text = () => Array.from({ length: 1 + draw(8) }, () => KEYS[draw(KEYS.length)]).join('')
  const steps = Array.from({ length: 6 }, (): Step => {
    const kind = draw(5)
    // A signal key alone: Linux drops the echo of keys that came with it, without counting their columns.
    if (draw(9) === 0) return ['type', '\x03']
    return kind === 0 ? ['print', text()] : kind === 1 ? ['read', 1 + draw(9)] : ['type', text()]
  })
  return { flags, steps }
}

/** Those that differ are played again, slowly: on a busy machine Linux may echo later than it was looked for. */
function compare(sessions: readonly Session[]): void {
  const suspects = findDiffering(sessions, 4).map(({ session }) => session)
  expect(findDiffering(suspects, 60).map(difference => JSON.stringify(difference))).toEqual([])
}

function findDiffering(
  sessions: readonly Session[],
  pause: number,
): { session: Session; ours: string[]; real: string[] }[] {
  const script = fileURLToPath(new URL('real-terminal.py', import.meta.url))
  const asked = sessions.map(session => ({ ...asLinux(session), steps: session.steps.map(stepForLinux) }))
  const run = spawnSync('python3', [script, String(pause)], { input: JSON.stringify(asked), encoding: 'utf8' })
  if (run.status !== 0) throw new Error(run.stderr)
  const seen: unknown = JSON.parse(run.stdout)
  return sessions
    .map((session, i) => ({
      session,
      ours: readable(play(session)),
      real: readable(Array.isArray(seen) ? seen[i] : undefined),
    }))
    .filter(({ ours, real }) => !isDeepStrictEqual(ours, real))
}

/** Hexadecimal is for the way to Python; a difference is read as text. */
function readable(seen: unknown): string[] {
  if (!Array.isArray(seen)) return []
  return seen.map(entry =>
    String(entry).replace(/(?<= )[0-9a-f]*$/, hex => JSON.stringify(Buffer.from(hex, 'hex').toString('latin1'))),
  )
}

function play(session: Session): string[] {
  const terminal = new Terminal({ clock: new VirtualClock(), signalGroup: () => {} })
  const slave = terminal.openSlave().hold()
  slave.nonBlocking = true
  apply(terminal, session)
  const seen: string[] = []
  for (const step of session.steps) {
    if (step[0] === 'type') terminal.input(encode(step[1]))
    else if (step[0] === 'print') slave.write(encode(step[1]))
    else if (step[0] === 'change') apply(terminal, step[1])
    else {
      const read = slave.read(step[1])
      seen.push(read ? `read ${hex(read)}` : 'none')
    }
    const shown = terminal.readOutput()
    if (shown) seen.push(`show ${hex(shown)}`)
  }
  return seen
}

function apply(terminal: Terminal, change: Change): void {
  const { termios } = terminal
  terminal.setTermios({ ...termios, ...change.flags, characters: { ...termios.characters, ...change.characters } })
}

function asLinux(change: Change): { groups: Record<string, [number, number]>; characters: object } {
  const groups: Partial<Record<FlagGroup, [number, number]>> = {}
  for (const [flag, [group, bit]] of Object.entries(FLAGS)) {
    const value = new Map(Object.entries(change.flags ?? {})).get(flag)
    if (value === undefined) continue
    const [on, off] = groups[group] ?? [0, 0]
    groups[group] = value ? [on | bit, off] : [on, off | bit]
  }
  return { groups, characters: change.characters ?? {} }
}

function stepForLinux(step: Step): unknown[] {
  if (step[0] === 'change') {
    const { groups, characters } = asLinux(step[1])
    return ['change', groups, characters]
  }
  return step[0] === 'read' ? step : [step[0], hex(encode(step[1]))]
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
