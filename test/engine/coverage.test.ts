import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Engine, LineCoverage, virtualClock } from '../../cli/node/index.ts'

const script = readFileSync('test/engine/covered.sh', 'utf8')
const library = 'library_function() { echo from the library; }\nnobody() {\n  echo nobody\n}\n'

/** The counts that stand in the script: `#= n` of the line, `#^ n` of the one above, `#^2 n` of the second above. */
function marks(text: string): [line: number, times: number][] {
  return text.split('\n').flatMap((line, index) => {
    const [, sign, back, times] = /#([=^])(\d?) (\d+)$/.exec(line) ?? []
    if (times === undefined) return []
    const above = sign === '=' ? 0 : Number(back === '' ? 1 : back)
    return [[index + 1 - above, Number(times)] as [number, number]]
  })
}

async function covered(cmd: readonly string[]) {
  const engine = await Engine.open()
  const setup = await engine.run('busybox', { cmd: ['true'] })
  await setup.wait()
  setup.files.write('/script.sh', script, 0o755)
  setup.files.write('/lib.sh', library)
  const box = await setup.snapshot().run({ cmd, clock: virtualClock(), coverage: true })
  await box.runToEnd()
  return box
}

test('the lines of a script are counted as a hand has marked them', async () => {
  const box = await covered(['/script.sh'])
  expect(box.stderr.text()).toBe('')
  expect(box.exitCode).toBe(3)
  expect(box.stdout.lines().slice(-3)).toEqual(['evaluated', 'from the library', 'bye'])
  const { files } = box.coverage
  expect([...(files.get('/script.sh') ?? [])]).toEqual(marks(script).sort(([a], [b]) => a - b))
  expect([...(files.get('/lib.sh') ?? [])]).toEqual([
    [1, 1],
    [2, 1],
    [3, 0],
  ])
})

test('however the script is run', async () => {
  for (const cmd of [
    ['sh', '/script.sh'],
    ['sh', '-c', '. /script.sh'],
    ['sh', '-c', 'cd /; ./script.sh; true'],
  ]) {
    const box = await covered(cmd)
    expect([...(box.coverage.files.get('/script.sh') ?? [])], cmd.join(' ')).toEqual(
      marks(script).sort(([a], [b]) => a - b),
    )
  }
})

test('lcov, the ratio, runs together', async () => {
  const runs = [await covered(['/script.sh']), await covered(['/script.sh', 'moon'])]
  const all = new LineCoverage()
  for (const { coverage } of runs) all.merge(coverage)
  expect(runs[0]?.coverage.ratio('/lib.sh')).toBe(2 / 3)
  expect(all.ratio('/script.sh')).toBeGreaterThan(runs[0]?.coverage.ratio('/script.sh') ?? 1)
  expect(runs[0]?.coverage.lcov({ '/lib': 'src/lib' })).toBe(
    'TN:\nSF:src/lib.sh\nDA:1,1\nDA:2,1\nDA:3,0\nLF:3\nLH:2\nend_of_record\n',
  )
  expect(all.files.get('/lib.sh')?.get(1)).toBe(2)
})

test('lcov says of each line what the hand has marked, and sums it', async () => {
  const { coverage } = await covered(['/script.sh'])
  const record = coverage.lcov({ '/script': 'src/script' })
  const rows = [...record.matchAll(/^DA:(\d+),(\d+)$/gm)].map(([, line, times]) => [Number(line), Number(times)])
  expect(rows).toEqual(marks(script).sort(([a], [b]) => a - b))
  expect(rows.length).toBeGreaterThan(150)
  expect(record).toContain(`LF:${rows.length}\nLH:${rows.filter(([, times]) => times !== 0).length}\nend_of_record\n`)
})

test('of bash too, by its own grammar', async () => {
  const lines = [
    '#!/bin/bash',
    'declare -A seen=([a]=1)',
    'for ((i = 0; i < 3; i++)); do',
    '  if [[ $i == 1 ]]; then',
    '    seen[b]+=x',
    '  elif ((i == 7)); then',
    '    echo never',
    '  fi',
    'done',
    'echo stop >&2',
    '. <(echo echo sourced)',
    'read -r word <<< "${seen[b]^^}"',
    'echo "$word"',
    'function unused {',
    '  echo "$1"',
    '}',
  ]
  const engine = await Engine.open()
  const setup = await engine.run('cowbox/bash', { cmd: ['true'] })
  await setup.wait()
  setup.files.write('/script.sh', `${lines.join('\n')}\n`, 0o755)
  const box = await setup.snapshot().run({ cmd: ['/script.sh'], clock: virtualClock(), coverage: true })
  expect(await box.runToEnd()).toBe(0)
  expect(box.stdout.text()).toBe('sourced\nX\n')
  expect(Object.fromEntries(box.coverage.files.get('/script.sh') ?? [])).toEqual({
    2: 1,
    3: 1,
    4: 3,
    5: 1,
    6: 2,
    7: 0,
    10: 1,
    11: 1,
    12: 1,
    13: 1,
    14: 1,
    15: 0,
  })
})

test('without being asked for, nothing is counted', async () => {
  const engine = await Engine.open()
  const box = await engine.run('busybox', { cmd: ['true'] })
  expect(() => box.coverage).toThrow('{ coverage: true }')
  await box.wait()
})
