// tar archives: ustar and pax (POSIX XCU pax), GNU's long names and base-256 numbers, old V7.

export { type TarEntry, TarError, type TarHeader, type TarKind } from './tar/entry.ts'
export { isTar } from './tar/header-block.ts'
export { readTar, readTarStream, type ScannedEntry, scanTar } from './tar/read.ts'
export { type StreamedEntry, walkTar } from './tar/walk.ts'
export { type NewTarEntry, TAR_END, tarEntry, tarPadding, writeTar } from './tar/write.ts'
