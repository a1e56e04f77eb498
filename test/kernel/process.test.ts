import { expect, test } from 'vitest'
import { SysError } from '../../kernel/errno.ts'
import { seededRandom } from '../../kernel/host.ts'
import type { Process } from '../../kernel/process.ts'
import { SIGCHLD, SIGCONT, SIGINT, SIGKILL, SIGPIPE, SIGSTOP, SIGTERM, SIGTSTP } from '../../kernel/signal.ts'
import { ProcessEnd } from '../../kernel/wait-status.ts'
import { decode, encode } from '../../lib/bytes.ts'
import { run, testKernel } from './box.ts'

async function yes(proc: Process): Promise<number> {
  for (;;) await proc.write(1, encode('y\n'.repeat(1000)))
}

test('a child that is forked shares descriptions and is waited for', async () => {
  const { stdout, status } = await run(testKernel(), async proc => {
    const fd = await proc.open('/f', { read: true, write: true, create: true })
    const child = proc.fork(async self => {
      await self.write(fd, encode('from the child'))
      return 7
    })
    const waited = await proc.wait(child.pid)
    proc.seek(fd, 0)
    await proc.write(1, await proc.read(fd))
    await proc.write(1, encode(` ${JSON.stringify(waited)}`))
    return 3
  })
  expect(stdout).toBe('from the child [2,{"exited":7}]')
  expect(status).toBe(3)
})

test('a writer whose reader has gone is killed by SIGPIPE', async () => {
  const { stdout } = await run(testKernel(), async proc => {
    const [read, write] = proc.pipe()
    const producer = proc.fork(self => {
      self.close(read)
      self.dup(write, { onto: 1 })
      self.close(write)
      return yes(self)
    })
    proc.close(write)
    await proc.read(read, 2)
    proc.close(read)
    await proc.write(1, encode(JSON.stringify(await proc.wait(producer.pid))))
    return 0
  })
  expect(stdout).toBe(`[2,{"killed":${SIGPIPE}}]`)
})

test('a busy process gives the others their turn, and dies of a signal', async () => {
  const { stdout } = await run(testKernel(), async proc => {
    const busy = proc.fork(async self => {
      for (;;) {
        const pause = self.gate()
        if (pause) await pause
      }
    })
    await proc.kernel.host.turn()
    proc.kill(busy.pid, SIGTERM)
    await proc.write(1, encode(JSON.stringify(await proc.wait())))
    return 0
  })
  expect(stdout).toBe(`[2,{"killed":${SIGTERM}}]`)
})

test('who is to die of a signal forks no more', async () => {
  const { stdout, stderr } = await run(testKernel(), async proc => {
    const bomb = proc.fork(async self => {
      self.kill(self.pid, SIGTERM)
      self.fork(async child => {
        await child.write(2, encode('born'))
        return 0
      })
      return 0
    })
    await proc.write(1, encode(JSON.stringify(await proc.wait(bomb.pid))))
    await proc.sleep(10)
    return 0
  })
  expect({ stdout, stderr }).toEqual({ stdout: `[2,{"killed":${SIGTERM}}]`, stderr: '' })
})

test('what happens while a process is stopped on its way to sleep is not lost', async () => {
  const { status } = await run(testKernel(), async proc => {
    const [read, write] = proc.pipe()
    const child = proc.fork(async self => {
      self.kill(self.pid, SIGSTOP)
      return decode(await self.read(read)).length
    })
    await proc.wait(child.pid, { stopped: true })
    await proc.write(write, encode('abc'))
    await proc.sleep(10)
    proc.kill(child.pid, SIGCONT)
    const found = await proc.wait(child.pid)
    return found && 'exited' in found[1] ? found[1].exited : 99
  })
  expect(status).toBe(3)
})

test('a sleep goes on while its process is stopped', async () => {
  const kernel = testKernel()
  await run(kernel, async proc => {
    const child = proc.fork(async self => {
      self.kill(self.pid, SIGSTOP)
      await self.sleep(1000)
      return 0
    })
    const began = kernel.clock.now()
    await proc.sleep(700)
    proc.kill(child.pid, SIGCONT)
    await proc.wait(child.pid)
    expect(kernel.clock.now() - began).toBe(1000)
    return 0
  })
})

test('stop, continue and their reports', async () => {
  const seen: unknown[] = []
  await run(testKernel(), async proc => {
    const child = proc.fork(
      async self => {
        await self.sleep(10_000)
        return 1
      },
      { group: 'new' },
    )
    proc.kill(child.pid, SIGTSTP)
    seen.push(await proc.wait(child.pid, { stopped: true }), child.state)
    proc.kill(child.pid, SIGCONT)
    seen.push(await proc.wait(child.pid, { continued: true }))
    proc.kill(child.pid, SIGKILL)
    seen.push(await proc.wait(child.pid))
    return 0
  })
  expect(seen).toEqual([[2, { stopped: SIGTSTP }], 'stopped', [2, { continued: true }], [2, { killed: SIGKILL }]])
})

test('a caught signal interrupts a sleeping call; with restart it does not', async () => {
  const seen: unknown[] = []
  await run(testKernel(), async proc => {
    proc.onSignal(SIGCHLD, signal => void seen.push(signal))
    proc.fork(() => 0)
    await expect(proc.sleep(1000)).rejects.toThrow(SysError)
    proc.onSignal(SIGCHLD, { handler: () => void seen.push('restarted'), restart: true })
    proc.fork(() => 0)
    await proc.sleep(1000)
    return 0
  })
  expect(seen).toEqual([SIGCHLD, 'restarted'])
})

test("orphans become init's children", async () => {
  const { stdout } = await run(testKernel(), async proc => {
    proc.fork(self => {
      self.fork(async grandchild => {
        await grandchild.sleep(50)
        return 9
      })
      return 0
    })
    const first = await proc.wait()
    const second = await proc.wait()
    await proc.write(1, encode(JSON.stringify([first, second])))
    return 0
  })
  expect(stdout).toBe('[[2,{"exited":0}],[3,{"exited":9}]]')
})

test('a fifo waits for its other side', async () => {
  const { stdout } = await run(testKernel(), async proc => {
    proc.mknod('/p', 'fifo')
    proc.fork(async self => {
      const fd = await self.open('/p', { write: true })
      await self.write(fd, encode('through'))
      return 0
    })
    const fd = await proc.open('/p')
    await proc.write(1, await proc.read(fd))
    await proc.wait()
    await proc.write(1, await proc.read(fd))
    return 0
  })
  expect(stdout).toBe('through')
})

test('too many processes, too many files', async () => {
  const kernel = testKernel({}, { limits: { processes: 5, openFiles: 6 } })
  const errors: string[] = []
  await run(kernel, async proc => {
    const attempt = (piece: () => unknown) => {
      try {
        for (;;) piece()
      } catch (error) {
        if (!(error instanceof SysError)) throw error
        errors.push(error.errno)
      }
    }
    attempt(() => proc.dup(0))
    attempt(() => proc.fork(async self => (await self.sleep(5), 0)))
    return 0
  })
  expect(errors).toEqual(['EMFILE', 'EAGAIN'])
})

test('a fork that is refused leaves nothing open', async () => {
  const kernel = testKernel({}, { limits: { processes: 1 } })
  const { stdout } = await run(kernel, async proc => {
    const [read, write] = proc.pipe()
    try {
      proc.fork(() => 0)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      await proc.write(1, encode(error.errno))
    }
    proc.close(write)
    // It would wait for ever for whoever held the other end.
    await proc.write(1, encode(` ${(await proc.read(read)).length}`))
    return 0
  })
  expect(stdout).toBe('EAGAIN 0')
})

test('however many are busy, the host gets its turns, and everybody goes on', async () => {
  let now = 0
  let lastTurn = 0
  let longest = 0
  const host = {
    clock: { now: () => now, alarm: () => ({ cancel: () => {} }) },
    now: () => now,
    random: seededRandom(1),
    turn: async () => {
      await new Promise(resolve => setImmediate(resolve))
      longest = Math.max(longest, now - lastTurn)
      lastTurn = now
    },
  }
  const done: number[] = []
  const kernel = testKernel({}, { host })
  const worker = (number: number) => async (self: Process) => {
    for (let i = 0; i < 40; i++) {
      // A piece of work of a tenth of a millisecond.
      now += 0.1
      await self.gate()
    }
    done.push(number)
    return 0
  }
  await run(kernel, async proc => {
    for (let number = 0; number < 500; number++) proc.fork(worker(number))
    for (let number = 0; number < 500; number++) await proc.wait()
    return 0
  })
  expect(done).toHaveLength(500)
  // A slice of 8 ms, the gates between two looks at the clock, and the piece that each of them has begun.
  expect(longest).toBeLessThan(8 + 64 * 0.1 + 500 * 0.1)
})

test('what an ended process left asleep takes nothing from those after it', async () => {
  const { stdout } = await run(testKernel(), async proc => {
    const [read, write] = proc.pipe()
    const child = proc.fork(self => {
      Promise.resolve(self.read(read)).catch(error => {
        if (!(error instanceof ProcessEnd)) throw error
      })
      return 0
    })
    await proc.wait(child.pid)
    await proc.write(write, encode('for the next'))
    proc.close(write)
    await proc.write(1, await proc.read(read))
    return 0
  })
  expect(stdout).toBe('for the next')
})

test('memory over the limit kills as the OOM killer does', async () => {
  const kernel = testKernel({}, { limits: { memory: 1000 } })
  const { stdout } = await run(kernel, async proc => {
    const child = proc.fork(self => {
      for (;;) self.charge(100)
    })
    await proc.write(1, encode(JSON.stringify(await proc.wait(child.pid))))
    return 0
  })
  expect(stdout).toBe(`[2,{"killed":${SIGKILL}}]`)
  expect(kernel.memory).toBe(0)
})

test('/proc shows processes, and /proc/self/fd opens what is open', async () => {
  const { stdout } = await run(testKernel({ hello: 'hello' }), async proc => {
    await proc.open('/hello')
    await proc.write(1, proc.contentsOf('/proc/self/fd/3'))
    await proc.write(1, encode(` ${proc.readlink('/proc/self/fd/3')} ${proc.readlink('/proc/self')} `))
    await proc.write(1, encode(decode(proc.contentsOf('/proc/1/stat')).slice(0, 10)))
    return 0
  })
  expect(stdout).toBe('hello /hello 1 1 (init) R')
})

test('init heeds no signal it does not catch, but for those from outside', async () => {
  const kernel = testKernel()
  const { status } = await run(kernel, async proc => {
    proc.kill(1, SIGINT)
    proc.kill(1, SIGKILL)
    queueMicrotask(() => kernel.kill(1, SIGTERM))
    await proc.sleep(10)
    return 0
  })
  expect(status).toBe(`{"killed":${SIGTERM}}`)
})

test('a pipe belongs to who made it, and opens by /proc at either end', async () => {
  const { stdout } = await run(testKernel(), async proc => {
    const [read, write] = proc.pipe()
    const other = await proc.open(`/proc/self/fd/${read}`, { write: true })
    await proc.write(other, encode('back'))
    await proc.write(1, await proc.read(read))
    const child = proc.fork(self => {
      self.setCredentials({ uid: 5, euid: 5, suid: 5, gid: 6, egid: 6, sgid: 6, groups: [6] })
      const [own] = self.pipe()
      const { uid, gid, mode } = self.descriptionStat(own)
      self.stdout.write(` ${uid}:${gid} ${mode.toString(8)}`)
      self.open(`/proc/self/fd/${own}`, { read: true, nonBlocking: true })
      try {
        self.open(`/proc/self/fd/${write}`, { write: true })
      } catch (error) {
        self.stdout.write(` ${error instanceof SysError ? error.errno : error}`)
      }
      return 0
    })
    await proc.wait(child.pid)
    return 0
  })
  expect(stdout).toBe('back 5:6 600 EACCES')
})

test('what a program lends a pipe is its own again, and what a reader keeps stays', async () => {
  const { stdout } = await run(testKernel(), async proc => {
    const [read, write] = proc.pipe()
    const child = proc.fork(async self => {
      self.dup(write, { onto: 1 })
      self.close(write)
      self.close(read)
      const block = new Uint8Array(50_000)
      for (let byte = 65; byte < 91; byte++) await self.stdout.lend(block.fill(byte))
      return 0
    })
    proc.close(write)
    const kept: Uint8Array[] = []
    const into = new Uint8Array(70_000)
    let counts = ''
    for (let turn = 0; ; turn++) {
      const chunk = turn % 3 === 0 ? await proc.read(read, 40_000) : into.subarray(0, await proc.readInto(read, into))
      if (chunk.length === 0) break
      kept.push(turn % 3 === 0 ? chunk : chunk.slice())
    }
    await proc.wait(child.pid)
    const all = decode(Buffer.concat(kept))
    for (let byte = 65; byte < 91; byte++)
      counts += all.split(String.fromCharCode(byte)).length - 1 === 50_000 ? '.' : 'x'
    await proc.write(1, encode(`${counts} ${/^A+B+C+D+E+F+G+H+I+J+K+L+M+N+O+P+Q+R+S+T+U+V+W+X+Y+Z+$/.test(all)}`))
    return 0
  })
  expect(stdout).toBe(`${'.'.repeat(26)} true`)
})
