import { SysError } from '../kernel/errno.ts'
import { flag, number, text } from '../lib/options.ts'
import { addRecord, freeId, readRecords, requireName, requireRoot, today } from './accounts-file.ts'
import addgroup from './addgroup.ts'
import { applet, Failure, type Invocation } from './applet.ts'
import { copyTree } from './copy-tree.ts'
import { addGroup, addMember } from './group-members.ts'
import { changePassword } from './passwords.ts'
import { joinPath } from './refused.ts'

const options = {
  home: text('-h --home', 'DIR', 'The home directory (/home/USER)'),
  gecos: text('-g --gecos', 'GECOS', 'Who it is'),
  shell: text('-s --shell', 'SHELL', 'The login shell'),
  group: text('-G --ingroup', 'GRP', 'The primary group, instead of one of its own'),
  system: flag('-S --system', 'With an id of system users'),
  noPassword: flag('-D --disabled-password', 'Do not ask for a password'),
  noHome: flag('-H --no-create-home', 'Do not make the home directory'),
  uid: number('-u --uid', 'UID', 'The id', undefined, { least: 0, most: 60000 }),
  skeleton: text('-k', 'SKEL', 'What a home directory begins with', '/etc/skel'),
}

/** adduser, as in busybox. */
export default applet({
  name: 'adduser',
  about: 'Add a user, or add a user to a group',
  operands: 'USER [GROUP]',
  least: 1,
  most: 2,
  options,
  async main(invocation) {
    const { proc, options: how, operands } = invocation
    requireRoot(proc)
    const [name = '', group] = operands
    // busybox: that is addgroup's work, and it says so.
    if (group !== undefined) return proc.execProgram(addgroup, ['addgroup', name, group])
    requireName(name)
    const users = readRecords(proc, '/etc/passwd') ?? []
    if (users.some(([other]) => other === name)) throw new Failure(`user '${name}' in use`)
    if (how.uid !== undefined && users.some(fields => Number(fields[2]) === how.uid))
      throw new Failure(`uid '${how.uid}' in use`)
    const uid = how.uid ?? freeId(proc, '/etc/passwd', how.system)
    const gid = await chooseGroup(invocation, name, uid)
    const home = how.home ?? `/home/${name}`
    const shell = how.shell ?? (how.system ? '/bin/false' : (proc.env.get('SHELL') ?? '/bin/sh'))
    const gecos = how.gecos ?? 'Linux User,,,'
    await addRecord(proc, '/etc/passwd', [name, 'x', String(uid), String(gid), gecos, home, shell])
    if (readRecords(proc, '/etc/shadow'))
      await addRecord(proc, '/etc/shadow', [name, '!', today(proc), '0', '99999', '7', '', '', ''])
    // busybox: who is put into a group by -G is named there too.
    if (how.group !== undefined) await addMember(proc, name, how.group)
    if (!how.noHome) await makeHome(invocation, home, uid, gid)
    if (!how.noPassword && !how.system) await changePassword(invocation, name, 'des')
    return 0
  },
})

async function chooseGroup(
  { proc, options: how }: Invocation<typeof options>,
  name: string,
  uid: number,
): Promise<number> {
  const groups = readRecords(proc, '/etc/group') ?? []
  const wanted = how.group ?? (how.system ? 'nogroup' : undefined)
  if (wanted === undefined) {
    if (groups.some(([other]) => other === name)) throw new Failure(`group name '${name}' is in use`)
    const isTaken = groups.some(fields => Number(fields[2]) === uid)
    const gid = isTaken ? freeId(proc, '/etc/group', false) : uid
    await addGroup(proc, name, gid)
    return gid
  }
  const group = groups.find(([other]) => other === wanted)
  if (!group) throw new Failure(`unknown group ${wanted}`)
  return Number(group[2])
}

async function makeHome(
  { proc, warn, options: how }: Invocation<typeof options>,
  home: string,
  uid: number,
  gid: number,
): Promise<void> {
  try {
    proc.mkdir(home, 0o755)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    if (error.errno !== 'EEXIST') return warn(`${home}: ${error.message}`)
    return
  }
  proc.chown(home, { uid, gid })
  // busybox: what is made in a home belongs to its group.
  proc.chmod(home, 0o2755)
  await copySkeleton()

  async function copySkeleton(): Promise<void> {
    let entries: ReturnType<typeof proc.readDirectory>
    try {
      entries = proc.readDirectory(how.skeleton)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      if (how.skeleton !== '/etc/skel') warn(`can't stat '${how.skeleton}': ${error.message}`)
      return
    }
    const plain = { recursive: true, preserve: false, follow: 'never', force: false, interactive: false } as const
    const rest = { noClobber: false, link: 'none', update: false, name: 'adduser', warn } as const
    for (const { name } of entries) {
      const to = joinPath(home, name)
      await copyTree(proc, joinPath(how.skeleton, name), to, { ...plain, ...rest })
      give(to)
    }
  }

  function give(path: string): void {
    proc.chown(path, { uid, gid }, { follow: false })
    if (proc.lstat(path).kind === 'directory')
      for (const { name } of proc.readDirectory(path)) give(joinPath(path, name))
  }
}
