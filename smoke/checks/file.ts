// fileTests (ours): a file, or all files that match, closely looked at.

import type { Stat } from '../../kernel/vfs/stat.ts'
import { parseGroups, parseUsers } from '../../lib/accounts.ts'
import { sha256Hex } from '../../lib/sha256.ts'
import type { Check } from '../check.ts'
import type { Context } from '../context.ts'
import { allPaths } from '../every-path.ts'
import { globMatcher, hasGlob } from '../glob.ts'
import { missing, present } from '../outputs.ts'
import type { FileTest } from '../schema.ts'
import { statOf } from './existence.ts'

export function fileCheck(test: FileTest, context: Context): Check {
  return { name: `File Test: ${test.name ?? ''}`, run: async () => ({ errors: run(test, context) }) }
}

function run(test: FileTest, context: Context): string[] {
  const { path = '', exists = true } = test
  const found = findPaths(path, context)
  if (!exists) return found.map(each => `${each} is there`)
  if (found.length === 0) return [hasGlob(path) ? `no file matches ${path}` : `${path} is not there`]
  return found.flatMap(each => fileErrors(test, each, context))
}

function findPaths(path: string, { files }: Context): readonly string[] {
  if (hasGlob(path)) return allPaths(files).filter(globMatcher(path))
  return statOf(() => files.stat(path, { follow: false })) ? [path] : []
}

function fileErrors(test: FileTest, path: string, context: Context): string[] {
  const stat = context.files.stat(path, { follow: false })
  const errors: string[] = []
  const compare = (what: string, wanted: string | number | undefined, actual: string | number) => {
    if (wanted !== undefined && wanted !== actual) errors.push(`${path} has the ${what} ${actual}, not ${wanted}`)
  }
  compare('type', test.type, stat.kind)
  compare('mode', test.mode === undefined ? undefined : octal(test.mode), octal(stat.mode))
  compare('uid', test.uid, stat.uid)
  compare('gid', test.gid, stat.gid)
  compare('owner', test.owner, test.owner === undefined ? '' : userName(stat, context))
  compare('group', test.group, test.group === undefined ? '' : groupName(stat, context))
  if (test.linksTo !== undefined) {
    compare('target', test.linksTo, stat.kind === 'symlink' ? context.files.readlink(path) : '(no symlink)')
  }
  return [...errors, ...contentErrors(test, path, context)]
}

function contentErrors(test: FileTest, path: string, { files }: Context): string[] {
  const { sha256, contents, minSize, maxSize, expectedContents, excludedContents } = test
  const isAsked = [sha256, contents, minSize, maxSize, expectedContents, excludedContents].some(
    each => each !== undefined,
  )
  if (!isAsked) return []
  const stat = statOf(() => files.stat(path))
  if (stat?.kind !== 'file') return [`${path} is ${stat ? `a ${stat.kind}` : 'a link to nothing'}: it has no contents`]
  const errors: string[] = []
  if (minSize !== undefined && stat.size < minSize) errors.push(`${path} has ${stat.size} bytes, fewer than ${minSize}`)
  if (maxSize !== undefined && stat.size > maxSize) errors.push(`${path} has ${stat.size} bytes, more than ${maxSize}`)
  if (sha256 !== undefined) {
    const digest = sha256Hex(files.readBytes(path))
    if (digest !== sha256.replace(/^sha256:/, '')) errors.push(`${path} has the sha256 ${digest}, not ${sha256}`)
  }
  if (contents === undefined && !expectedContents && !excludedContents) return errors
  const text = files.read(path)
  if (contents !== undefined && contents !== text) errors.push(`${path} holds\n${text}\nand not\n${contents}`)
  return [...errors, ...missing(expectedContents, text, path), ...present(excludedContents, text, path)]
}

export function octal(mode: number): string {
  return `0${mode.toString(8).padStart(3, '0')}`
}

function userName({ uid }: Stat, { files }: Context): string {
  const users = files.exists('/etc/passwd') ? parseUsers(files.read('/etc/passwd')) : []
  return users.find(user => user.uid === uid)?.name ?? String(uid)
}

function groupName({ gid }: Stat, { files }: Context): string {
  const groups = files.exists('/etc/group') ? parseGroups(files.read('/etc/group')) : []
  return groups.find(group => group.gid === gid)?.name ?? String(gid)
}
