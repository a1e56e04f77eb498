// Locks between processes: one owner at a time, and none that is dead.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { isAlive, thisProcess } from '../../cli/node/host-process.ts'
import { lockOwner, tryLock, unlock, withLock } from '../../cli/node/lock.ts'

let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cowbox-lock-'))
  path = join(folder, 'lock')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('has one owner, and names it', () => {
  expect(tryLock(path)).toBe(true)
  expect(tryLock(path)).toBe(false)
  expect(lockOwner(path)?.pid).toBe(process.pid)
  unlock(path)
  expect(tryLock(path)).toBe(true)
  expect(readdirSync(folder)).toEqual(['lock'])
})

it('of a dead process is broken', () => {
  const { pid } = spawnSync(process.execPath, ['-e', '0'])
  writeFileSync(path, JSON.stringify({ pid, began: '' }))
  expect(lockOwner(path)).toBeUndefined()
  expect(tryLock(path)).toBe(true)
  expect(readdirSync(folder)).toEqual(['lock'])
})

it('of a process whose pid is somebody else now is broken', () => {
  writeFileSync(path, JSON.stringify({ pid: process.pid, began: '1' }))
  expect(tryLock(path)).toBe(true)
})

it('that is empty after a power cut is broken', () => {
  writeFileSync(path, '')
  expect(tryLock(path)).toBe(true)
})

it('lets pieces run one after another', async () => {
  let inside = 0
  let most = 0
  const piece = async () => {
    most = Math.max(most, ++inside)
    await new Promise(resolve => setTimeout(resolve, 3))
    inside--
  }
  await Promise.all(Array.from({ length: 8 }, () => withLock(path, piece)))
  expect(most).toBe(1)
  expect(readdirSync(folder)).toEqual([])
})

it('is given back when a piece throws', async () => {
  await expect(withLock(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(tryLock(path)).toBe(true)
})

it('knows this process from one that began at another time', () => {
  expect(isAlive(thisProcess())).toBe(true)
  expect(isAlive({ pid: process.pid, began: '12' })).toBe(false)
  expect(isAlive({ pid: 0, began: '' })).toBe(false)
})

it('is had on a full disk too, where it names its owner all the same', () => {
  symlinkSync(JSON.stringify(thisProcess()), path)
  expect(lockOwner(path)?.pid).toBe(process.pid)
  expect(tryLock(path)).toBe(false)
  unlock(path)
  const { pid } = spawnSync(process.execPath, ['-e', '0'])
  symlinkSync(JSON.stringify({ pid, began: '' }), path)
  expect(lockOwner(path)).toBeUndefined()
  expect(tryLock(path)).toBe(true)
  expect(readdirSync(folder)).toEqual(['lock'])
})
