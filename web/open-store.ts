// Where the page keeps its images: on disk where the browser lets it, else in memory, and then it says so.

import type { Digester } from '../image/digest.ts'
import { LayoutStore } from '../image/layout-store.ts'
import { MemoryStore } from '../image/memory-store.ts'
import type { Store } from '../image/store.ts'
import { OpfsFiles } from './opfs-files.ts'

export async function openStore(
  digester: Digester,
): Promise<{ readonly store: Store; readonly notes: readonly string[] }> {
  try {
    // Missing in an insecure context; refused in some private windows (SecurityError).
    if (!navigator.storage?.getDirectory) return inMemory('it has no private file system here', digester)
    const top = await navigator.storage.getDirectory()
    return {
      store: new LayoutStore(new OpfsFiles(await top.getDirectoryHandle('cowbox', { create: true })), digester),
      notes: [],
    }
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    return inMemory(error.message, digester)
  }
}

function inMemory(reason: string, digester: Digester): { store: Store; notes: string[] } {
  return {
    store: new MemoryStore(digester),
    notes: [`This browser will not keep files (${reason}): images are gone after a reload.`],
  }
}
