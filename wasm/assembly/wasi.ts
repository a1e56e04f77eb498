// The three calls of WASI preview 1 that the module makes, bound by hand: a shim would be ten times as large as the rest.

@external("wasi_snapshot_preview1", "fd_read")
declare function fd_read(fd: i32, iovecs: usize, count: i32, done: usize): i32

@external("wasi_snapshot_preview1", "fd_write")
declare function fd_write(fd: i32, iovecs: usize, count: i32, done: usize): i32

@external("wasi_snapshot_preview1", "proc_exit")
declare function proc_exit(status: i32): void

/** WASI's errno `again`: a stdin that does not block has nothing yet. */
export const EAGAIN: i32 = -6

const iovec: usize = memory.data(8, 4)
const done: usize = memory.data(4, 4)

/** How many bytes were read, 0 at the end, or EAGAIN. Any other failure ends the program with status 1. */
export function read(into: usize, most: usize): i32 {
  store<u32>(iovec, into as u32)
  store<u32>(iovec, most as u32, 4)
  const errno = fd_read(0, iovec, 1, done)
  if (errno == -EAGAIN) return EAGAIN
  if (errno != 0) proc_exit(1)
  return load<i32>(done)
}

/** Writes all of it to stdout. */
export function write(from: usize, length: usize): void {
  while (length > 0) {
    store<u32>(iovec, from as u32)
    store<u32>(iovec, length as u32, 4)
    if (fd_write(1, iovec, 1, done) != 0) proc_exit(1)
    const written = load<u32>(done) as usize
    from += written
    length -= written
  }
}
