// What one image has that another has not: in files, each with what differs, and in configuration.

import type { CowFileSystem, CowInode } from '../kernel/vfs/cow.ts'
import { equalBytes } from '../lib/bytes.ts'
import type { RunConfig } from './config.ts'
import { asCow } from './diff.ts'

export interface FileDifference {
  readonly kind: 'added' | 'removed' | 'changed'
  /** Absolute. */
  readonly path: string
  /** Bytes, of a file: before and after. */
  readonly size: { readonly before?: number; readonly after?: number }
  /** What is not the same, with both values: `mode`, `owner`, `type`, `target`, `device`; `contents` alone. */
  readonly differs: Readonly<Record<string, readonly [before: string, after: string]>>
}

export interface ConfigDifference {
  /** `Env`, `Cmd`, `Labels`, ... */
  readonly field: string
  /** undefined: it is not set. */
  readonly before: unknown
  readonly after: unknown
}

/** By path. Times do not count. A directory that comes or goes is listed with all that is in it. */
export function compareTrees(before: CowFileSystem, after: CowFileSystem): FileDifference[] {
  return compareDirectories(before.root, after.root, '').sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** By the order of the fields. */
export function compareConfigs(before: RunConfig, after: RunConfig): ConfigDifference[] {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  const fields = [...new Set([...old.keys(), ...now.keys()])].sort()
  return fields
    .map(field => ({ field, before: old.get(field), after: now.get(field) }))
    .filter(each => textOf(each.before) !== textOf(each.after))
}

/** What is null or empty is as good as not there, and the order of names does not count. */
function textOf(value: unknown): string {
  if (value === undefined || value === null || value === '') return ''
  if (Array.isArray(value)) return value.length === 0 ? '' : JSON.stringify(value)
  if (typeof value !== 'object') return JSON.stringify(value)
  const pairs = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return pairs.length === 0 ? '' : JSON.stringify(pairs)
}

function compareDirectories(before: CowInode | undefined, after: CowInode | undefined, path: string): FileDifference[] {
  const names = new Set([...namesIn(before), ...namesIn(after)])
  return [...names].flatMap(name => compareInodes(child(before, name), child(after, name), `${path}/${name}`))
}

function child(directory: CowInode | undefined, name: string): CowInode | undefined {
  const found = directory?.lookup(name)
  return found && asCow(found)
}

function namesIn(directory: CowInode | undefined): string[] {
  return directory ? [...directory.entries()].map(([name]) => name) : []
}

function compareInodes(before: CowInode | undefined, after: CowInode | undefined, path: string): FileDifference[] {
  const directories = [before, after].map(inode => (inode?.kind === 'directory' ? inode : undefined))
  const below = directories.some(each => each) ? compareDirectories(directories[0], directories[1], path) : []
  const differs = before && after ? differencesOf(before, after) : {}
  if (before && after && Object.keys(differs).length === 0) return below
  const kind = before ? (after ? 'changed' : 'removed') : 'added'
  return [{ kind, path, size: { ...sizeAs('before', before), ...sizeAs('after', after) }, differs }, ...below]
}

function sizeAs(when: 'before' | 'after', inode: CowInode | undefined): { readonly [Key in typeof when]?: number } {
  return inode?.kind === 'file' ? { [when]: inode.stat().size } : {}
}

function differencesOf(before: CowInode, after: CowInode): FileDifference['differs'] {
  const [old, now] = [before.stat(), after.stat()]
  const pairs: [name: string, before: string, after: string][] = [
    ['type', before.kind, after.kind],
    ['mode', octal(old.mode), octal(now.mode)],
    ['owner', `${old.uid}:${old.gid}`, `${now.uid}:${now.gid}`],
  ]
  if (before.kind === after.kind) {
    if (before.kind === 'symlink') pairs.push(['target', before.readlink(), after.readlink()])
    if (before.kind === 'character' || before.kind === 'block') pairs.push(['device', `${old.rdev}`, `${now.rdev}`])
    if (before.kind === 'file' && !isSameText(before, after)) pairs.push(['contents', 'before', 'after'])
  }
  return Object.fromEntries(pairs.filter(([, a, b]) => a !== b).map(([name, a, b]) => [name, [a, b] as const]))
}

function isSameText(before: CowInode, after: CowInode): boolean {
  return before.stat().size === after.stat().size && equalBytes(before.readAll(), after.readAll())
}

function octal(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, '0')
}
