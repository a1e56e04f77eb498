// A host directory against the contract: it must behave as our own trees do.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HostDirectory } from '../../cli/node/host-directory.ts'
import { describeFileSystem } from './file-system.ts'

describeFileSystem(
  'a host directory',
  () => {
    const path = mkdtempSync(join(tmpdir(), 'cowbox-test-'))
    return { fs: new HostDirectory(path), dispose: () => rmSync(path, { recursive: true }) }
  },
  // It makes no devices on the host, by design; only root gives files away.
  { nodes: true, owners: process.getuid?.() !== 0 },
)
