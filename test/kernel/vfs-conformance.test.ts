// Our file systems against the contract, wherever in the layers their files lie.

import { CowFileSystem } from '../../kernel/vfs/cow.ts'
import { describeFileSystem } from '../conformance/file-system.ts'

let time = 1_000_000_000_000n
const now = () => ++time

describeFileSystem('a fresh tree', () => ({ fs: new CowFileSystem({ now }) }))

describeFileSystem('a fork', () => ({ fs: new CowFileSystem({ now }).fork({ now }) }))

describeFileSystem('a tree over twenty frozen layers', () => {
  const fs = new CowFileSystem({ now })
  for (let i = 0; i < 20; i++) {
    const passing = fs.root.create('passing', { kind: 'directory', mode: 0o755, uid: 0, gid: 0 })
    passing.create('f', { kind: 'file', mode: 0o644, uid: 0, gid: 0 })
    fs.freeze()
    passing.unlink('f')
    fs.root.removeDirectory('passing')
    fs.freeze()
  }
  return { fs }
})

describeFileSystem('tmpfs', () => ({ fs: CowFileSystem.tmpfs({ size: 1 << 20, mode: 0o1777, now }) }))
