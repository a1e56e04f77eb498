import { describe, expect, it } from 'vitest'
import { SysError } from '../../kernel/errno.ts'
import { type SystemCall, type Watcher, watchedBy } from '../../kernel/watched-process.ts'
import { encode } from '../../lib/bytes.ts'
import { run, testKernel } from './box.ts'

function watched(watcher: Watcher) {
  return testKernel({}, watchedBy(watcher))
}

describe('a watched process', () => {
  it('shows its calls and its life, its children included', async () => {
    const seen: string[] = []
    const kernel = watched({
      onStart: ({ pid }) => seen.push(`start ${pid}`),
      onEnd: ({ pid, status }) => seen.push(`end ${pid} ${JSON.stringify(status)}`),
      intercept: ({ process, name }, proceed) => {
        seen.push(`${name} ${process.pid}`)
        return proceed()
      },
    })
    await run(kernel, async init => {
      const child = init.fork(inner => {
        inner.mkdir('/tmp/d')
        return 3
      })
      await init.wait(child.pid)
      return 0
    })
    expect(seen).toEqual([
      'start 1',
      'fork 1',
      'start 2',
      'wait 1',
      'mkdir 2',
      'end 2 {"exited":3}',
      'end 1 {"exited":0}',
    ])
  })

  it('can be refused a call, or kept waiting for it', async () => {
    const delayed: SystemCall[] = []
    const kernel = watched({
      intercept: (call, proceed) => {
        if (call.name === 'mkdir') throw new SysError('EDQUOT')
        if (call.name !== 'write') return proceed()
        delayed.push(call)
        return call.process.sleep(60_000).then(() => proceed())
      },
    })
    const before = kernel.clock.now()
    const ran = await run(kernel, async init => {
      expect(() => init.mkdir('/tmp/d')).toThrow('Disk quota exceeded')
      await init.write(1, encode('late\n'))
      return 0
    })
    expect(ran.stdout).toBe('late\n')
    expect(kernel.clock.now() - before).toBe(60_000)
    expect(delayed).toHaveLength(1)
  })
})
