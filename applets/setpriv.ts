import type { Process } from '../kernel/process.ts'
import { flag, text, UsageError } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { execOrFail } from './exec-or-fail.ts'

/** In the order of their bits (capabilities(7)). */
const CAPABILITIES = (
  'chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap linux_immutable net_bind_service ' +
  'net_broadcast net_admin net_raw ipc_lock ipc_owner sys_module sys_rawio sys_chroot sys_ptrace sys_pacct sys_admin ' +
  'sys_boot sys_nice sys_time sys_tty_config mknod lease audit_write audit_control setfcap mac_override mac_admin ' +
  'syslog wake_alarm block_suspend audit_read'
).split(' ')

/** setpriv, as in busybox. There are no capabilities here but being root, and no program gains any by its file. */
export default applet({
  name: 'setpriv',
  about: 'Run PROG with other privileges',
  operands: 'PROG ARGS',
  stopAtOperand: true,
  options: {
    dump: flag('-d --dump', 'Show what there is'),
    noNew: flag('--nnp --no-new-privs', 'Accepted: set-id bits of programs have no force here'),
    inheritable: text('--inh-caps', 'CAP,CAP', 'Take (-CAP) inheritable capabilities away; adding is refused'),
    ambient: text('--ambient-caps', 'CAP,CAP', 'Take (-CAP) ambient capabilities away; adding is refused'),
  },
  notes: ['Partly: +CAP is refused, for processes have no capabilities of their own.'],
  async main({ proc, options: how, operands }) {
    if (how.dump) {
      if (operands.length > 0) throw new UsageError('')
      return void (await proc.stdout.write(dumpOf(proc)))
    }
    if (operands.length === 0) throw new UsageError('')
    if (adds(how.inheritable)) throw new Failure('capset: Operation not permitted')
    // busybox: this one is only warned of.
    if (adds(how.ambient)) await proc.stderr.line('setpriv: cap_ambient_raise: Operation not permitted')
    return execOrFail(proc, operands)
  },
})

/** Whether one is to be added. Throws Failure for what is no list of capabilities. */
function adds(list: string | undefined): boolean {
  if (list === undefined) return false
  let hasPlus = false
  for (const word of list.split(',')) {
    if (!/^[+-]/.test(word)) throw new Failure(`invalid capability '${word}'`)
    const name = word.slice(1)
    const isNumber = /^cap_\d+$/.test(name) && Number(name.slice(4)) < 64
    if (!CAPABILITIES.includes(name) && !isNumber) throw new Failure(`unknown capability '${name}'`)
    hasPlus ||= word.startsWith('+')
  }
  return hasPlus
}

function dumpOf({ credentials: { uid, euid, gid, egid, groups } }: Process): string {
  return [
    `uid: ${uid}`,
    `euid: ${euid}`,
    `gid: ${gid}`,
    `egid: ${egid}`,
    `Supplementary groups: ${groups.length === 0 ? '[none]' : groups.join(',')}`,
    'no_new_privs: 0',
    'Inheritable capabilities: [none]',
    'Ambient capabilities: [none]',
    `Capability bounding set: ${euid === 0 ? CAPABILITIES.join(',') : '[none]'}`,
    '',
  ].join('\n')
}
