// What bash reads before its first command.

import type { Shell } from '../shell.ts'

export function startupFiles(
  shell: Shell,
  { isLogin, isInteractive }: { isLogin: boolean; isInteractive: boolean },
): readonly string[] {
  const { variables } = shell
  const bash = shell.bash!
  const home = variables.get('HOME') ?? ''
  if (isLogin) {
    if (bash.skips.has('noprofile')) return []
    const own = ['.bash_profile', '.bash_login', '.profile'].map(name => `${home}/${name}`)
    const first = own.find(path => shell.proc.access(path, 4))
    return ['/etc/profile', ...(first === undefined ? [] : [first])]
  }
  if (!isInteractive) {
    const file = variables.get('BASH_ENV') ?? ''
    return file === '' ? [] : [file]
  }
  if (bash.skips.has('norc')) return []
  return bash.rcFile === undefined ? ['/etc/bash.bashrc', `${home}/.bashrc`] : [bash.rcFile]
}
