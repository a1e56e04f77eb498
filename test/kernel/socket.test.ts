// Sockets of the loopback and of AF_UNIX: against Linux, call by call, and what sleeps.

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { internetAddress } from '../../kernel/net/address.ts'
import type { Process } from '../../kernel/process.ts'
import { decode, encode } from '../../lib/bytes.ts'
import { run, testKernel } from './box.ts'
import { longForm, runSocketScript } from './socket-script.ts'
import { SOCKET_SCRIPTS } from './socket-scripts.ts'

describe('our sockets', () => {
  it.each(SOCKET_SCRIPTS)('$script = $answer', async ({ script, answer }) => {
    expect(await runSocketScript(script)).toBe(answer)
  })
})

describe.skipIf(!canRunHere())('this Linux', () => {
  it('answers as the table says', () => {
    const program = fileURLToPath(new URL('real-sockets.py', import.meta.url))
    const scripts = SOCKET_SCRIPTS.map(({ script }) => longForm(script))
    const { stdout, stderr } = spawnSync('python3', [program], { input: encode(JSON.stringify(scripts)) })
    expect(String(stderr)).toBe('')
    const answers: readonly string[] = JSON.parse(String(stdout))
    expect(SOCKET_SCRIPTS.map(({ script }, i) => ({ script, answer: answers[i] }))).toEqual(SOCKET_SCRIPTS)
  }, 60_000)
})

/** As root, with IPv6, and with the ports below 1024 kept for root. */
function canRunHere(): boolean {
  const code = 'import os, socket; os.setegid(1); os.seteuid(1); socket.socket(socket.AF_INET6).bind(("::1", 0))'
  if (spawnSync('python3', ['-c', code]).status !== 0) return false
  return readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8').trim() === '1024'
}

const at = (port: number) => internetAddress('127.0.0.1', port) as NonNullable<ReturnType<typeof internetAddress>>

function serve(proc: Process, port = 80): number {
  const listener = proc.socket('inet', 'stream')
  proc.bind(listener, at(port))
  proc.listen(listener)
  return listener
}

async function dial(proc: Process, port = 80): Promise<number> {
  const fd = proc.socket('inet', 'stream')
  await proc.connect(fd, at(port))
  return fd
}

describe('what sleeps', () => {
  it('accept wakes when somebody connects; a child has the listener of its parent', async () => {
    const ran = await run(testKernel(), async proc => {
      const listener = serve(proc)
      proc.fork(async child => {
        const fd = await child.accept(listener)
        await child.write(fd, encode('from the child\n'))
        return 0
      })
      await proc.sleep(1000)
      const fd = await dial(proc)
      await proc.stdout.write(await proc.read(fd))
      await proc.stdout.line(`end: ${(await proc.read(fd)).length}`)
      return 0
    })
    expect(ran.stdout).toBe('from the child\nend: 0\n')
  })

  it('a writer sleeps when the buffer is full, and nothing is lost', async () => {
    const ran = await run(testKernel(), async proc => {
      const listener = serve(proc)
      proc.fork(async child => {
        const fd = await dial(child)
        for (let i = 0; i < 64; i++) await child.write(fd, new Uint8Array(16384).fill(i))
        return 0
      })
      const fd = await proc.accept(listener)
      await proc.sleep(5000)
      expect(proc.kernel.sleepers().some(({ waitsFor }) => waitsFor.includes('socket'))).toBe(true)
      let size = 0
      let sum = 0
      for (;;) {
        const chunk = await proc.read(fd)
        if (chunk.length === 0) break
        size += chunk.length
        for (const byte of chunk) sum += byte
      }
      await proc.stdout.line(`${size} ${sum}`)
      return 0
    })
    expect(ran.stdout).toBe(`${64 * 16384} ${16384 * ((63 * 64) / 2)}\n`)
  })

  it('who writes what nobody reads is killed by SIGPIPE', async () => {
    const ran = await run(testKernel(), async proc => {
      const listener = serve(proc)
      const { pid } = proc.fork(async child => {
        const fd = await dial(child)
        await child.sleep(10)
        for (;;) await child.write(fd, encode('x'))
      })
      proc.close(await proc.accept(listener))
      const waited = await proc.wait(pid)
      await proc.stdout.line(JSON.stringify(waited?.[1]))
      return 0
    })
    expect(ran.stdout).toBe('{"killed":13}\n')
  })

  it('the end of a process closes its sockets and frees its port', async () => {
    const ran = await run(testKernel(), async proc => {
      const { pid } = proc.fork(child => {
        serve(child)
        return 0
      })
      await proc.wait(pid)
      const listener = serve(proc)
      await proc.stdout.line(String(proc.kernel.network.sockets.size))
      proc.close(listener)
      await proc.stdout.line(String(proc.kernel.network.sockets.size))
      return 0
    })
    expect(ran.stdout).toBe('1\n0\n')
  })

  it('connect sleeps while the queue of the listener is full', async () => {
    const ran = await run(testKernel(), async proc => {
      const listener = proc.socket('inet', 'stream')
      proc.bind(listener, at(80))
      proc.listen(listener, 0)
      await dial(proc)
      proc.fork(async child => {
        await dial(child)
        await child.stdout.line('second')
        return 0
      })
      await proc.sleep(10)
      await proc.stdout.line('first')
      await proc.accept(listener)
      await proc.wait()
      return 0
    })
    expect(ran.stdout).toBe('first\nsecond\n')
  })

  it('select tells of connections, bytes and ends', async () => {
    const ran = await run(testKernel(), async proc => {
      const listener = serve(proc)
      proc.fork(async child => {
        await child.sleep(10)
        const fd = await dial(child)
        await child.sleep(10)
        await child.write(fd, encode('x'))
        return 0
      })
      expect(await proc.select([listener], 5)).toEqual([])
      expect(await proc.select([listener])).toEqual([listener])
      const fd = await proc.accept(listener)
      expect(await proc.select([fd, listener], 5)).toEqual([])
      expect(await proc.select([fd, listener])).toEqual([fd])
      expect(decode(await proc.read(fd))).toBe('x')
      expect(await proc.select([fd])).toEqual([fd])
      expect((await proc.read(fd)).length).toBe(0)
      return 0
    })
    expect(ran).toEqual({ stdout: '', stderr: '', status: 0 })
  })

  it('what is not this box is not reached', async () => {
    const ran = await run(testKernel(), async proc => {
      const fd = proc.socket('inet', 'stream')
      try {
        await proc.connect(fd, { family: 'inet', host: '192.0.2.1', port: 80 })
      } catch (error) {
        await proc.stdout.line(String(error))
      }
      return 0
    })
    expect(ran.stdout).toBe('SysError: Network is unreachable\n')
  })
})

describe('/proc/net', () => {
  it('shows who listens and who is connected, in the format of Linux', async () => {
    const ran = await run(testKernel(), async proc => {
      const listener = proc.socket('inet6', 'stream')
      proc.bind(listener, { family: 'inet6', host: '::', port: 8080 })
      proc.listen(listener)
      await dial(proc, 8080)
      await proc.accept(listener)
      const udp = proc.socket('inet', 'datagram')
      proc.bind(udp, at(53))
      const named = proc.socket('unix', 'stream')
      proc.bind(named, { family: 'unix', path: '/tmp/sock' })
      proc.listen(named)
      for (const name of ['tcp', 'tcp6', 'udp', 'unix']) {
        const text = decode(proc.contentsOf(`/proc/net/${name}`))
        await proc.stdout.write(text.replace(/ +$/gm, '').replace(/^.*(local_address|RefCount).*\n/, ''))
      }
      await proc.stdout.line(proc.readlink(`/proc/self/fd/${listener}`))
      return 0
    })
    expect(
      ran.stdout,
    ).toBe(`   0: 0100007F:8000 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 2 1 0000000000000002 100 0 0 10 0
   0: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0000000000000001 100 0 0 10 0
   1: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000100007F:8000 01 00000000:00000000 00:00000000 00000000     0        0 3 1 0000000000000003 100 0 0 10 0
    0: 0100007F:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4 2 0000000000000004 0
0000000000000005: 00000002 00000000 00010000 0001 01     5 /tmp/sock
socket:[1]
`)
  })
})
