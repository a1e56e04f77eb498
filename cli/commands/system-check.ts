import { command } from '../context.ts'
import { boolean } from '../flags.ts'

/** Reads every blob of the store. */
export default command({
  name: 'system check',
  about: 'Check the store: every blob against its digest, every image for what it needs',
  most: 0,
  flags: {
    quick: boolean('-q --quiet', 'Only tell by the exit status'),
    repair: boolean('-r --repair', 'Remove what is damaged, and images that are no longer whole'),
  },
  async main({ engine, proc, flags }) {
    const problems = await engine.store.check({ repair: flags.repair })
    if (!flags.quick) {
      for (const problem of problems) await proc.stdout.line(problem)
      const repaired = flags.repair && problems.length > 0 ? ', and repaired' : ''
      await proc.stdout.line(
        problems.length === 0 ? 'The store is sound.' : `${problems.length} problems found${repaired}.`,
      )
    }
    return problems.length > 0 && !flags.repair ? 1 : 0
  },
})
