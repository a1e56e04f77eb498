import { newId } from '../../engine/names.ts'
import { ANONYMOUS, requireVolumeName } from '../../engine/volumes.ts'
import { command, Refusal } from '../context.ts'
import { list, string } from '../flags.ts'
import { labelsOf } from '../labels.ts'

export default command({
  name: 'volume create',
  about: 'Create a volume',
  operands: '[VOLUME]',
  most: 1,
  flags: {
    driver: string('-d --driver', 'Specify volume driver name: local', 'local'),
    label: list('--label', 'Set metadata for a volume'),
    opt: list('-o --opt', 'Set driver specific options (the local driver of this box has none)', 'map'),
  },
  async main({ engine, proc, flags, operands: [given] }) {
    if (given !== undefined) requireVolumeName(given)
    const made = given ?? newId(engine.host.random)
    const { driver, opt } = flags
    if (driver !== 'local')
      throw new Refusal(`create ${made}: error looking up volume plugin ${driver}: plugin "${driver}" not found`)
    if (opt.length > 0) throw new Refusal(`create ${made}: the local driver of this box has no options: ${opt[0]}`)
    const labels = { ...labelsOf(flags.label), ...(given === undefined ? ANONYMOUS : {}) }
    const { name } = engine.volumes.create(made, labels)
    await proc.stdout.line(name)
  },
})
