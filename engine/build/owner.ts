// COPY --chown: names are looked up in the image's own files; a number alone is the group too.

import { type CowFileSystem, CowInode } from '../../kernel/vfs/cow.ts'
import { decode } from '../../lib/bytes.ts'

export function copyOwner(tree: CowFileSystem, text: string): { uid: number; gid: number } {
  const [user = '', group] = text.split(':')
  const uid = /^\d+$/.test(user) ? Number(user) : Number(entry(tree, 'passwd', user)?.[2] ?? 0)
  if (group !== undefined) {
    return { uid, gid: /^\d+$/.test(group) ? Number(group) : Number(entry(tree, 'group', group)?.[2] ?? 0) }
  }
  const gid = /^\d+$/.test(user) ? uid : Number(entry(tree, 'passwd', user)?.[3] ?? 0)
  return { uid, gid }
}

function entry(tree: CowFileSystem, file: string, name: string): string[] | undefined {
  const inode = tree.root.lookup('etc')?.lookup(file)
  if (!(inode instanceof CowInode)) return undefined
  const lines = decode(inode.readAll()).split('\n')
  return lines.map(line => line.split(':')).find(fields => fields[0] === name)
}
