// The standard streams of a container by their names, for users who are not root. Checked against docker 20.10.

import { expect, test } from 'vitest'
import { Engine, virtualClock } from '../../cli/node/index.ts'

const SCRIPT = `echo err > /dev/stderr
echo out > /dev/stdout
echo piped | cat /dev/stdin
echo back | (cat; echo x > /dev/stdin; echo $?)
stat -L -c '%A %u %g %F' /dev/stderr
echo p | stat -L -c '%A %u %g %F' /dev/stdin
exec 3</dev/null; echo w > /dev/fd/3; echo $?
echo q | (exec 4<&0; cat /proc/self/fd/4)
stat -L -c '%A %F' /proc/self/cwd`

test.each([
  ['1000', 'prw------- 1000 0 fifo'],
  ['1000:50', 'prw------- 1000 0 fifo'],
  ['root', 'prw------- 0 0 fifo'],
])('of user %s', async (user, own) => {
  const engine = await Engine.open()
  const box = await engine.run('busybox', { user, cmd: ['sh', '-c', SCRIPT], clock: virtualClock() })
  expect(await box.wait()).toBe(0)
  expect(box.stderr.text()).toBe('err\n')
  const [uid, gid = '0'] = user.replace('root', '0').split(':')
  const pipe = `prw------- ${uid} ${gid} fifo`
  expect(box.stdout.lines()).toEqual(['out', 'piped', 'back', '0', own, pipe, '0', 'q', 'drwxr-xr-x directory'])
})
