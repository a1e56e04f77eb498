import { expect, test } from 'vitest'
import { TestBox } from '../engine-box.ts'

// Not a transcript: where the real one runs an hour takes an hour.

const TABLE = `# comment
SHELL=/bin/sh
* * * * * echo every $USER $LOGNAME $HOME $SHELL $(pwd) >> /tmp/box/out
*/2 * * * * echo even >> /tmp/box/out
5-6 0 1 jan * echo five six >> /tmp/box/out
0 1 * * mon,wed echo weekday >> /tmp/box/out
0 1 2 * 0 echo either >> /tmp/box/out
61 * * * * echo never >> /tmp/box/out
@reboot echo boot >> /tmp/box/out
@hourly echo hourly >> /tmp/box/out
bad line
`

test('jobs run at their minutes, as their user, and problems are told', async () => {
  const box = await TestBox.open(new Map([['tab', TABLE]]))
  await box.run('mkdir cr; crontab -c cr tab; crond -c /tmp/box/cr -b -l 0 -L /tmp/box/log -S; sleep 400')
  const { stdout } = await box.run('grep -v every out')
  expect(stdout).toBe('boot\neven\neven\nfive six\neven\nfive six\n')
  expect((await box.run('grep -c "every root root /root /bin/sh /root" out')).stdout).toBe('6\n')
  const { stdout: log } = await box.run("sed 's/pid *[0-9]*/PID/' log | head -3")
  expect(log).toBe(
    'crond: crond (busybox 1.35.0) started, log level 0\ncrond: user root: parse error at 61\n' +
      'crond: USER root PID cmd echo boot >> /tmp/box/out\n',
  )
})

test('a table that is replaced while it runs is read again, and a job that takes long is not started twice', async () => {
  const box = await TestBox.open(new Map([['tab', TABLE]]))
  await box.run('mkdir cr; crontab -c cr tab; crond -c /tmp/box/cr -L /tmp/box/log; sleep 3605')
  expect((await box.run('grep -c hourly out; grep -c weekday out')).stdout).toBe('1\n1\n')
  await box.run("echo '* * * * * echo new >> /tmp/box/new; sleep 150' | crontab -c cr -; rm out; sleep 600")
  expect((await box.run('cat new | wc -l; ls out; kill $(pidof crond)')).stdout).toBe('4\n')
})
