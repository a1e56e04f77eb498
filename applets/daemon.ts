// Programs that go on in the background when their first process has ended (daemon(3)).

import type { Body, Process } from '../kernel/process.ts'

/** A child in a session of its own, with nothing to read and nowhere to print; the pid. */
export function becomeDaemon(proc: Process, body: Body): number {
  const child = proc.fork(
    async self => {
      const none = await self.open('/dev/null', { read: true, write: true })
      for (const fd of [0, 1, 2]) self.dup(none, { onto: fd })
      if (none > 2) self.close(none)
      self.chdir('/')
      return await body(self)
    },
    { session: true },
  )
  return child.pid
}
