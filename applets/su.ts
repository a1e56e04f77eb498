import type { Process } from '../kernel/process.ts'
import type { User } from '../lib/accounts.ts'
import { flag, text } from '../lib/options.ts'
import { Accounts } from './accounts.ts'
import { applet, Failure } from './applet.ts'
import { execOrFail } from './exec-or-fail.ts'

const DEFAULT_PATH = '/sbin:/usr/sbin:/bin:/usr/bin'

export default applet({
  name: 'su',
  about: 'Run a shell as another user (by default root); root needs no password, and others are refused',
  operands: '[-] [USER] [ARG]...',
  options: {
    login: flag('-l', 'A login shell: a fresh environment, in the home directory'),
    keep: flag('-m -p', 'Keep the environment'),
    command: text('-c', 'CMD', 'Run this instead'),
    shell: text('-s', 'SH', "This shell instead of the user's"),
  },
  main({ proc, options, operands }) {
    const isLogin = options.login || operands[0] === '-'
    const [name = 'root', ...args] = operands[0] === '-' ? operands.slice(1) : operands
    const accounts = new Accounts(proc)
    const user = accounts.users.find(entry => entry.name === name)
    if (!user) throw new Failure(`unknown user ${name}`)
    // differs: passwords are not checked, so only root may.
    if (proc.credentials.uid !== 0) throw new Failure('only root can: passwords are not checked')
    const shell = options.shell ?? ((options.keep && proc.env.get('SHELL')) || user.shell || '/bin/sh')
    becomeUser(proc, user, accounts)
    if (isLogin) enterHome(proc, user, shell)
    else if (!options.keep) proc.env = new Map([...proc.env, ...descriptionOf(user, shell)])
    const command = options.command === undefined ? [] : ['-c', options.command]
    return execOrFail(proc, [shell, ...command, ...args])
  },
})

function becomeUser(proc: Process, user: User, accounts: Accounts): void {
  const { uid, gid } = user
  proc.setCredentials({ uid, gid, euid: uid, egid: gid, suid: uid, sgid: gid, groups: accounts.groupsOf(user) })
}

function enterHome(proc: Process, user: User, shell: string): void {
  const terminal = proc.env.get('TERM')
  proc.env = new Map([
    ...(terminal === undefined ? [] : ([['TERM', terminal]] as const)),
    ['PATH', DEFAULT_PATH],
    ...descriptionOf(user, shell),
    ['USER', user.name],
    ['LOGNAME', user.name],
  ])
  proc.chdir(user.home)
}

/** busybox: root keeps the name of who became root. */
function descriptionOf(user: User, shell: string): [string, string][] {
  const who: [string, string][] = [
    ['USER', user.name],
    ['LOGNAME', user.name],
  ]
  return [...(user.uid === 0 ? [] : who), ['HOME', user.home], ['SHELL', shell]]
}
