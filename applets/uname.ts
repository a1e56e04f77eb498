import { OS_RELEASE, OS_VERSION } from '../kernel/vfs/proc-files.ts'
import { flag } from '../lib/options.ts'
import { applet } from './applet.ts'

export default applet({
  name: 'uname',
  about: 'Print what system this is',
  most: 0,
  options: {
    all: flag('-a --all', 'Everything'),
    system: flag('-s --kernel-name', "The kernel's name (default)"),
    node: flag('-n --nodename', "The machine's name"),
    release: flag('-r --kernel-release', "The kernel's release"),
    version: flag('-v --kernel-version', "The kernel's version"),
    machine: flag('-m --machine', 'The kind of machine'),
    processor: flag('-p --processor', 'The kind of processor'),
    platform: flag('-i --hardware-platform', 'The kind of hardware'),
    operating: flag('-o --operating-system', "The operating system's name"),
  },
  async main({ proc, options, given }) {
    const isDefault = given.length === 0
    const parts: string[] = []
    const add = (isAsked: boolean, text: string) => {
      if (isAsked || options.all) parts.push(text)
    }
    add(options.system || isDefault, 'Linux')
    add(options.node, proc.kernel.hostname)
    add(options.release, OS_RELEASE)
    add(options.version, OS_VERSION)
    add(options.machine, 'x86_64')
    if (options.processor) parts.push('unknown')
    if (options.platform) parts.push('unknown')
    add(options.operating, 'GNU/Linux')
    await proc.stdout.line(parts.join(' '))
  },
})
