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
    if (flags.driver !== 'local') throw new Refusal(`error looking up volume plugin ${flags.driver}: plugin not found`)
    if (flags.opt.length > 0) throw new Refusal(`create: the local driver of this box has no options: ${flags.opt[0]}`)
    if (given !== undefined) requireVolumeName(given)
    const labels = { ...labelsOf(flags.label), ...(given === undefined ? ANONYMOUS : {}) }
    const { name } = engine.volumes.create(given ?? newId(engine.host.random), labels)
    await proc.stdout.line(name)
  },
})
