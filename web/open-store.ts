// Where the page keeps its images: on disk where the browser lets it, else in memory, and then it says so.

import { LayoutStore } from '../image/layout-store.ts'
import { MemoryStore } from '../image/memory-store.ts'
import type { Store } from '../image/store.ts'
import { OpfsFiles } from './opfs-files.ts'

export async function openStore(): Promise<{ readonly store: Store; readonly notes: readonly string[] }> {
  try {
    // Missing in an insecure context; refused in some private windows (SecurityError).
    if (!navigator.storage?.getDirectory) return inMemory('it has no private file system here')
    const top = await navigator.storage.getDirectory()
    return {
      store: new LayoutStore(new OpfsFiles(await top.getDirectoryHandle('cowbox', { create: true }))),
      notes: [],
    }
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    return inMemory(error.message)
  }
}

function inMemory(reason: string): { store: Store; notes: string[] } {
  return {
    store: new MemoryStore(),
    notes: [`This browser will not keep files (${reason}): images are gone after a reload.`],
  }
}
