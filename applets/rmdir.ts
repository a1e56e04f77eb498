import { SysError } from '../kernel/errno.ts'
import { flag } from '../lib/options.ts'
import { applet } from './applet.ts'

export default applet({
  name: 'rmdir',
  about: 'Remove empty directories',
  operands: 'DIRECTORY...',
  least: 1,
  options: {
    parents: flag('-p --parents', 'Remove the directories above too'),
    ignore: flag('--ignore-fail-on-non-empty', 'Say nothing of directories that are not empty'),
  },
  main({ proc, options, operands, warn }) {
    for (const path of operands) {
      for (let at = path; ; at = above(at)) {
        try {
          proc.rmdir(at)
        } catch (error) {
          if (!(error instanceof SysError)) throw error
          if (!options.ignore || error.errno !== 'ENOTEMPTY') warn(`'${at}': ${error.message}`)
          break
        }
        if (!options.parents || above(at) === '') break
      }
    }
  },
})

/** The directory above, as dirname would have it; nothing: there is none to remove. */
function above(path: string): string {
  const bare = path.replace(/\/+$/, '')
  return bare.slice(0, Math.max(0, bare.lastIndexOf('/'))).replace(/\/+$/, '')
}
