import { expect, it } from 'vitest'
import { History } from '../../../shell/interactive/history.ts'

function store(text?: string) {
  const kept = { text }
  return { kept, load: () => kept.text, save: (saved: string) => void (kept.text = saved) }
}

it('is the same after it was saved and loaded, lines of several rows too', () => {
  const history = new History()
  const lines = ['echo one', 'for i in 1 2\ndo echo $i\ndone', 'echo \\', '日本']
  for (const line of lines) history.add(line)
  const file = store()
  history.save(file)
  const again = new History()
  again.load(file)
  expect(again.lines).toEqual(lines)
})

it('reads what another shell wrote, one line each', () => {
  const history = new History()
  history.load(store('ls\nls\n\npwd\n'))
  expect(history.lines).toEqual(['ls', 'pwd'])
  history.load(store(undefined))
  expect(history.lines).toEqual(['ls', 'pwd'])
})

it('drops the oldest beyond its limit, and counts on', () => {
  let limit = 3
  const history = new History(() => limit)
  for (const line of ['a', 'b', 'c', 'd']) history.add(line)
  expect(history.lines).toEqual(['b', 'c', 'd'])
  expect(history.nextNumber).toBe(5)
  limit = 0
  history.add('e')
  expect(history.lines).toEqual([])
})
