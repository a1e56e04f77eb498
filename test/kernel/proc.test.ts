import { expect, test } from 'vitest'
import { SysError } from '../../kernel/errno.ts'
import { LoadAverage } from '../../kernel/load-average.ts'
import type { Process } from '../../kernel/process.ts'
import { CowFileSystem } from '../../kernel/vfs/cow.ts'
import { decode, encode } from '../../lib/bytes.ts'
import { run, testKernel } from './box.ts'

const text = (proc: Process, path: string) => decode(proc.contentsOf(path))

/** What Linux says for the same descriptors, but for the numbers of inodes and mounts. */
test('fdinfo tells position and flags of each descriptor', async () => {
  const { stdout } = await run(testKernel({ file: 'one\ntwo\n' }), async proc => {
    const show = (fd: number) => proc.stdout.write(`${text(proc, `/proc/self/fdinfo/${fd}`).replace(/ino.*\n/, '')}`)
    const read = await proc.open('/file')
    await proc.readThrough(read, 10)
    await show(read)
    const log = await proc.open('/log', { write: true, append: true, create: true, closeOnExec: true })
    await proc.write(log, encode('12345'))
    await show(log)
    const [, pipe] = proc.pipe()
    await show(pipe)
    return 0
  })
  const mount = (id: number, pos: number, flags: string) => `pos:\t${pos}\nflags:\t${flags}\nmnt_id:\t${id}\n`
  expect(stdout).toBe(mount(20, 4, '0100000') + mount(20, 5, '02102001') + mount(15, 0, '01'))
})

test('exe, cwd and mounts are found over links and mounts', async () => {
  const kernel = testKernel()
  const fs = CowFileSystem.tmpfs({ size: 1 << 20, mode: 0o755, now: kernel.nanoseconds })
  fs.root.create('program', { kind: 'file', mode: 0o755, uid: 0, gid: 0 }).setContents(encode('#!'))
  const { stdout } = await run(kernel, async proc => {
    proc.mkdir('/mnt')
    kernel.mount(fs, '/mnt')
    proc.symlink('mnt', '/link')
    const child = proc.fork(async self => {
      self.chdir('/link')
      self.executable = { location: self.locate('program'), path: 'program', viewer: self.viewer }
      await self.sleep(5)
      return 0
    })
    await proc.sleep(1)
    const base = `/proc/${child.pid}`
    await proc.stdout.line(
      `${proc.readlink(`${base}/exe`)} ${text(proc, `${base}/exe`)} ${proc.readlink(`${base}/cwd`)}`,
    )
    await proc.stdout.line(`${proc.readlink('/proc/mounts')} ${text(proc, '/proc/mounts').split('\n').length}`)
    await proc.sleep(9)
    try {
      proc.readlink(`${base}/exe`)
    } catch (error) {
      await proc.stdout.line(error instanceof SysError ? error.errno : 'none')
    }
    return 0
  })
  expect(stdout).toBe('/mnt/program #! /mnt\nself/mounts 5\nENOENT\n')
})

test('load averages rise and fade as Linux has them', () => {
  const load = new LoadAverage(0)
  load.change(1, 0)
  load.change(1, 0)
  for (let second = 5; second <= 60; second += 5) {
    load.change(-1, second * 1000)
    load.change(1, second * 1000)
  }
  expect(load.averages(60_000).map(value => value.toFixed(2))).toEqual(['1.26', '0.36', '0.13'])
  load.change(-1, 60_000)
  load.change(-1, 60_000)
  expect(load.averages(120_000).map(value => value.toFixed(2))).toEqual(['0.47', '0.30', '0.12'])
})

test('a file that is full takes the part that fits, and then refuses', async () => {
  const kernel = testKernel()
  const fs = CowFileSystem.tmpfs({ size: 100_000, mode: 0o777, now: kernel.nanoseconds })
  const { stdout } = await run(kernel, async proc => {
    kernel.mount(fs, '/tmp')
    const fd = await proc.open('/tmp/f', { write: true, create: true })
    await proc.write(fd, encode('x'.repeat(30_000)))
    try {
      await proc.write(fd, encode('y'.repeat(200_000)))
    } catch (error) {
      await proc.stdout.write(`${error instanceof SysError ? error.errno : error} ${proc.stat('/tmp/f').size}`)
    }
    return 0
  })
  expect(stdout).toBe('ENOSPC 65536')
})

test('limits are shown as Linux shows them, and are those of the process', async () => {
  const { stdout } = await run(testKernel(), async proc => {
    proc.resourceLimits.set('nofile', { soft: 64, hard: 100 })
    await proc.stdout.write(text(proc, '/proc/self/limits'))
    return 0
  })
  const lines = stdout.split('\n')
  expect(lines[0]).toBe('Limit                     Soft Limit           Hard Limit           Units     ')
  expect(lines[8]).toBe('Max open files            64                   100                  files     ')
  expect(lines[14]).toBe('Max nice priority         0                    0                              ')
  expect(lines).toHaveLength(18)
})
