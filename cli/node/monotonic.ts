// Milliseconds that never go back. `performance`, which says the same, has Node load streams, sockets and workers first.

export function monotonic(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1e3 + nanoseconds / 1e6
}
