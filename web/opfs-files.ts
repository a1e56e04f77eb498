// The browser's private files (OPFS) for an image layout.

import type { LayoutFiles } from '../image/layout-store.ts'

/** The one writer at a time, over all pages of this origin. */
const LOCK = 'cowbox store'

export class OpfsFiles implements LayoutFiles {
  readonly #root: FileSystemDirectoryHandle

  constructor(root: FileSystemDirectoryHandle) {
    this.#root = root
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    const file = await this.#file(path)
    return file && new Uint8Array(await (await file.getFile()).arrayBuffer())
  }

  async exists(path: string): Promise<boolean> {
    return (await this.#file(path)) !== undefined
  }

  async writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
    const { directory, name } = split(path)
    const folder = await this.#folder(directory, { create: true })
    const temporaryName = `${name}.${crypto.randomUUID()}.tmp`
    const temporary: MovableFile = await folder!.getFileHandle(temporaryName, { create: true })
    await writeWhole(temporary, bytes)
    if (temporary.move) return temporary.move(folder!, name)
    // Without move(), the copy is as safe as the browser makes it: createWritable replaces the file when it is closed.
    await writeWhole(await folder!.getFileHandle(name, { create: true }), bytes)
    await folder!.removeEntry(temporaryName)
  }

  async remove(path: string): Promise<void> {
    const { directory, name } = split(path)
    const folder = await this.#folder(directory)
    if (folder) await ifThere(() => folder.removeEntry(name))
  }

  async list(path: string): Promise<readonly string[]> {
    const folder = await this.#folder(path)
    if (!folder) return []
    const names: string[] = []
    for await (const name of folder.keys()) names.push(name)
    return names
  }

  exclusively<T>(piece: () => Promise<T>): Promise<T> {
    // The lock's callback is typed as if its result were not awaited, which it is (Web Locks, request).
    return navigator.locks.request(LOCK, piece) as Promise<T>
  }

  async #file(path: string): Promise<FileSystemFileHandle | undefined> {
    const { directory, name } = split(path)
    const folder = await this.#folder(directory)
    return folder && ifThere(() => folder.getFileHandle(name))
  }

  async #folder(path: string, how: { create?: boolean } = {}): Promise<FileSystemDirectoryHandle | undefined> {
    let folder: FileSystemDirectoryHandle | undefined = this.#root
    for (const name of path.split('/').filter(part => part !== '')) {
      const parent: FileSystemDirectoryHandle = folder
      folder = await ifThere(() => parent.getDirectoryHandle(name, how))
      if (!folder) return undefined
    }
    return folder
  }
}

/** move() is in every engine and not yet in the standard. */
interface MovableFile extends FileSystemFileHandle {
  move?(folder: FileSystemDirectoryHandle, name: string): Promise<void>
}

/** The synchronous handle is the fast way, and a worker's only. */
async function writeWhole(file: FileSystemFileHandle, bytes: Uint8Array): Promise<void> {
  // The store's bytes are never shared memory.
  const plain = bytes as Uint8Array<ArrayBuffer>
  if (!('createSyncAccessHandle' in file)) {
    const stream = await (file as FileSystemFileHandle).createWritable()
    await stream.write(plain)
    return stream.close()
  }
  const handle = await file.createSyncAccessHandle()
  try {
    handle.truncate(0)
    handle.write(plain, { at: 0 })
    handle.flush()
  } finally {
    handle.close()
  }
}

async function ifThere<T>(piece: () => Promise<T>): Promise<T | undefined> {
  try {
    return await piece()
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return undefined
    throw error
  }
}

function split(path: string): { directory: string; name: string } {
  const slash = path.lastIndexOf('/')
  return { directory: path.slice(0, Math.max(0, slash)), name: path.slice(slash + 1) }
}
