// A program that ends when a signal kills it, also while it waits for something outside its kernel: a container's end, an
// answer from another process. What it waits for goes on, and is nobody's concern any more.

import { SysError } from '../../kernel/errno.ts'
import type { Process } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import { WaitQueue } from '../../kernel/wait-queue.ts'

export function interruptible(program: Program): Program {
  return { name: program.name, main: proc => Promise.race([program.main(proc), killed(proc)]) }
}

/** Only ever rejects, with the end of the process. */
async function killed(proc: Process): Promise<never> {
  const never = new WaitQueue('end')
  for (;;) {
    try {
      await proc.sleepOn(never)
    } catch (error) {
      // A signal that is caught is the program's own affair.
      if (!(error instanceof SysError)) throw error
    }
  }
}
