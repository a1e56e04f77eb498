// What an archive holds: entries, and the errors of archives that are not well.

export type TarKind = 'file' | 'hardlink' | 'symlink' | 'character' | 'block' | 'directory' | 'fifo'

export interface TarHeader {
  /** Without a trailing slash; as it stands in the archive otherwise: the reader of hostile archives must check it. */
  readonly path: string
  readonly kind: TarKind
  /** Permission bits, 0 to 0o7777. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly size: number
  /** Nanoseconds since the epoch. */
  readonly mtime: bigint
  /** Target of a symlink, or name of the file a hard link is to. */
  readonly link: string
  readonly userName: string
  readonly groupName: string
  /** As `deviceOf` makes it. */
  readonly device: number
  /** Extended attributes (SCHILY.xattr). */
  readonly attributes: ReadonlyMap<string, Uint8Array>
}

export interface TarEntry extends TarHeader {
  /** A view into the archive. */
  readonly contents: Uint8Array
  /** Where its header begins. */
  readonly offset: number
}

export class TarError extends Error {
  /** Where in the archive. */
  readonly offset: number
  /** What is wrong with a whole block that should be a header: it is none, or it was changed. */
  readonly header: 'magic' | 'checksum' | undefined

  constructor(message: string, offset: number, header?: 'magic' | 'checksum') {
    super(`${message} at byte ${offset}`)
    this.name = 'TarError'
    this.offset = offset
    this.header = header
  }
}

export const BLOCK = 512

/** How many zero bytes fill the last block of contents. */
export function paddingOf(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK
}

export function quote(text: string): string {
  return JSON.stringify(text)
}

export function stripSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') || '/' : path
}
