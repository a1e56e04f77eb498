// audit (ours): files that raise or open rights, and files of nobody.

import { parseGroups, parseUsers } from '../../lib/accounts.ts'
import type { Check } from '../check.ts'
import type { Context } from '../context.ts'
import { allPaths } from '../every-path.ts'
import { globMatcher } from '../glob.ts'
import { goMode } from '../go-mode.ts'
import type { AuditTest } from '../schema.ts'

export function auditChecks(test: AuditTest, context: Context): Check[] {
  const { setuid, worldWritable, unowned } = test
  return [
    ...(setuid ? [{ name: 'Audit Test: setuid', run: async () => ({ errors: setuidErrors(setuid, context) }) }] : []),
    ...(worldWritable
      ? [{ name: 'Audit Test: world-writable', run: async () => ({ errors: writableErrors(worldWritable, context) }) }]
      : []),
    ...(unowned === false
      ? [{ name: 'Audit Test: unowned', run: async () => ({ errors: ownerErrors(context) }) }]
      : []),
  ]
}

function setuidErrors(allowed: readonly string[], context: Context): string[] {
  const raising = found(context, stat => stat.kind === 'file' && (stat.mode & 0o6000) !== 0)
  return outside(raising, allowed, 'is setuid or setgid')
}

function writableErrors(allowed: readonly string[], context: Context): string[] {
  const open = found(context, stat => {
    const isSticky = stat.kind === 'directory' && (stat.mode & 0o1000) !== 0
    return (stat.kind === 'file' || stat.kind === 'directory') && (stat.mode & 0o002) !== 0 && !isSticky
  })
  return outside(open, allowed, 'may be written by everybody')
}

function ownerErrors(context: Context): string[] {
  const { files } = context
  const users = new Set(files.exists('/etc/passwd') ? parseUsers(files.read('/etc/passwd')).map(({ uid }) => uid) : [])
  const groups = new Set(files.exists('/etc/group') ? parseGroups(files.read('/etc/group')).map(({ gid }) => gid) : [])
  return allPaths(files).flatMap(path => {
    const { uid, gid } = files.stat(path, { follow: false })
    return [
      ...(users.has(uid) ? [] : [`${path} belongs to uid ${uid}, which /etc/passwd does not know`]),
      ...(groups.has(gid) ? [] : [`${path} belongs to gid ${gid}, which /etc/group does not know`]),
    ]
  })
}

type Found = { readonly path: string; readonly mode: string }

function found({ files }: Context, isMeant: (stat: ReturnType<typeof files.stat>) => boolean): Found[] {
  return allPaths(files).flatMap(path => {
    const stat = files.stat(path, { follow: false })
    return isMeant(stat) ? [{ path, mode: goMode(stat) }] : []
  })
}

function outside(all: readonly Found[], allowed: readonly string[], what: string): string[] {
  const matchers = allowed.map(globMatcher)
  const others = all.filter(({ path }) => !matchers.some(isMatch => isMatch(path)))
  return others.map(({ path, mode }) => `${path} ${what} (${mode})`)
}
