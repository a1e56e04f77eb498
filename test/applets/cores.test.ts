// What the shell runs of the applets in its own process.

import { expect, test } from 'vitest'
import { echoText } from '../../applets/echo.ts'
import { formatPrintf } from '../../applets/printf.ts'
import { evaluateTest, TestError } from '../../applets/test.ts'
import type { Body } from '../../kernel/process.ts'
import { run, testKernel } from '../kernel/box.ts'

/** Runs as a process, for tests look at files. */
function inside(body: (...args: Parameters<Body>) => void): Promise<unknown> {
  return run(testKernel({ f: 'x' }), child => {
    body(child)
    return 0
  })
}

test('test: patterns and expressions of [[', async () => {
  await inside(proc => {
    const how = { isDouble: true }
    expect(evaluateTest(['abc', '=', 'a*'], proc, how)).toBe(true)
    expect(evaluateTest(['abc', '!=', 'b*', '&&', 'abc', '=~', 'b.$'], proc, how)).toBe(true)
    expect(evaluateTest(['abc', '=', 'a*'], proc)).toBe(false)
    expect(() => evaluateTest(['a', '=~', '('], proc, how)).toThrow(TestError)
    expect(evaluateTest(['-f', '/f'], proc)).toBe(true)
    expect(evaluateTest(['-s', '/f', '-a', '!', '-d', '/f'], proc)).toBe(true)
  })
})

test('printf tells of each bad number and goes on', () => {
  expect(formatPrintf(['%d %s\n', 'x', 'a', '2'])).toMatchObject({
    text: '0 a\n2 \n',
    complaints: ["invalid number 'x'"],
  })
})

test('echo and [ take well under a microsecond', async () => {
  await inside(proc => {
    const words = ['12345', '-lt', '1000000']
    const started = performance.now()
    let count = 0
    for (let i = 0; i < 1_000_000; i++) if (evaluateTest(words, proc)) count += echoText(words).length
    expect(count).toBe(18_000_000)
    // A generous bar for a busy machine: it takes about 100 ms.
    expect(performance.now() - started).toBeLessThan(20_000)
  })
})
