import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { encode } from '../lib/bytes.ts'
import { flag, text, UsageError } from '../lib/options.ts'
import { Accounts } from './accounts.ts'
import { applet, Failure } from './applet.ts'
import { closeInput, openOrFail } from './operands.ts'

const UPDATE = 'cron.update'

/** crontab, as in busybox. */
export default applet({
  name: 'crontab',
  about: 'Replace a crontab by FILE (-: stdin), or show, edit or remove it',
  operands: '[FILE]',
  most: 1,
  options: {
    folder: text('-c', 'DIR', 'Where the crontabs are', '/var/spool/cron/crontabs'),
    user: text('-u', 'USER', 'Of USER'),
    list: flag('-l', 'Show it'),
    edit: flag('-e', 'Edit it'),
    remove: flag('-r', 'Remove it'),
  },
  async main({ proc, options: how, operands: [file] }) {
    const actions = [how.list, how.edit, how.remove, file !== undefined].filter(given => given)
    if (actions.length > 1) throw new UsageError('')
    const { uid } = proc.credentials
    const accounts = new Accounts(proc)
    if (how.user !== undefined && uid !== 0) throw new Failure('must be root to use -u')
    const user = how.user ?? accounts.userName(uid)
    const account = accounts.users.find(({ name }) => name === user)
    if (!account) throw new Failure(how.user === undefined ? `unknown uid ${uid}` : `unknown user ${how.user}`)
    // What was named is named from where we are, and not from where the crontabs are.
    const input = file === undefined || how.list ? undefined : await openOrFail(proc, file)
    const start = proc.cwd
    try {
      proc.chdir(how.folder)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`can't change directory to '${how.folder}': ${error.message}`)
    }
    if (how.list) return await show(proc, account.name)
    if (how.edit) return await edit(proc, account.name, start)
    if (how.remove) removeTable(proc, account.name)
    else {
      const from = input ?? (await openOrFail(proc, '-'))
      await writeTable(proc, account.name, await from.all())
      closeInput(proc, from)
    }
    await tellCrond(proc, account.name)
    return 0
  },
})

async function show(proc: Process, user: string): Promise<number> {
  const input = await openOrFail(proc, user)
  await proc.stdout.write(await input.all())
  closeInput(proc, input)
  return 0
}

async function edit(proc: Process, user: string, start: string): Promise<number> {
  const path = `/tmp/crontab.${proc.pid}`
  const editor = proc.env.get('VISUAL') ?? proc.env.get('EDITOR') ?? 'vi'
  const fd = await proc.open(path, { write: true, create: true, truncate: true }, 0o600)
  await proc.write(fd, tableOf(proc, user))
  proc.close(fd)
  const child = proc.fork(self => {
    self.chdir(start)
    return self.exec('/bin/sh', ['sh', '-c', `${editor} ${path}`])
  })
  await proc.wait(child.pid)
  await writeTable(proc, user, proc.contentsOf(path))
  proc.unlink(path)
  await tellCrond(proc, user)
  return 0
}

/** Empty where there is none. */
function tableOf(proc: Process, user: string): Uint8Array {
  try {
    return proc.contentsOf(user)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return new Uint8Array(0)
  }
}

async function writeTable(proc: Process, user: string, bytes: Uint8Array): Promise<void> {
  const fresh = `${user}.new`
  const fd = await proc.open(fresh, { write: true, create: true, truncate: true }, 0o600)
  await proc.write(fd, bytes)
  proc.close(fd)
  proc.rename(fresh, user)
}

function removeTable(proc: Process, user: string): void {
  try {
    proc.unlink(user)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
  }
}

/** crond reads what stands in cron.update. */
async function tellCrond(proc: Process, user: string): Promise<void> {
  const fd = await proc.open(UPDATE, { write: true, create: true, append: true }, 0o600)
  await proc.write(fd, encode(`${user}\n`))
  proc.close(fd)
}
