// The owner's own session, end to end, typed into the terminal of the page: build, permission denied, chmod, rebuild, count,
// look, change, commit, stop. Texts and statuses are docker's, less the daemon. Told by both names of the command.

import { describe, expect, test } from 'vitest'
import { useTab } from './tab.ts'

const tab = useTab()
const LONG = 240_000

/** `sed` as one would use it: the last line of the Dockerfile. */
function entrypoint(words: string): Promise<string> {
  return tab.run(`sed -i 's|^ENTRYPOINT.*|ENTRYPOINT ${words}|' Dockerfile`)
}

describe.each(['cowbox', 'docker'])('told to %s', command => {
  test('from the missing x bit to a counting container', { timeout: LONG }, async () => {
    const run = (line: string) => tab.run(line, 0, LONG)

    // Three files, and an image of them.
    expect(await run('ls')).toBe('Dockerfile  hello.txt   while.sh')
    expect(await run('cat Dockerfile')).toBe('FROM busybox\nCOPY . /\nRUN cat /hello.txt\nENTRYPOINT ["/while.sh"]')
    expect(await run('cat while.sh')).toMatch(/^#! \/bin\/bash\ni=1\nwhile :\ndo\n/)
    const built = await run(`${command} build --progress=plain -t scbusybox:1.0 .`)
    expect(built).toMatch(/\[2\/3\] COPY \. \/\n/)
    expect(built).toMatch(/#\d+ [\d.]+ welcome to sanchuang!\n/)
    expect(await run(`${command} images`)).toMatch(
      /^REPOSITORY {3}TAG {7}IMAGE ID {7}CREATED .*\nscbusybox {4}1\.0 .*\nbusybox +latest /,
    )
    expect(await run(`${command} history scbusybox:1.0`)).toContain('RUN /bin/sh -c cat /hello.txt # buildkit')
    expect(await run(`${command} inspect -f '{{json .Config.Entrypoint}}' scbusybox:1.0`)).toBe('["/while.sh"]')

    // No x bit: 126, the container stays Created, and a chmod outside changes nothing.
    const refused = await run(`${command} run -d --name scbusybox-1 scbusybox:1.0; echo "status $?"`)
    expect(refused).toMatch(/^[0-9a-f]{64}\n/)
    expect(refused).toContain(
      `${command}: failed to create task for container: unable to start container process: error during container init: exec: "/while.sh": permission denied\n/while.sh has no x bit in the image`,
    )
    expect(refused).toMatch(/status 126$/)
    expect(await run(`${command} ps -a`)).toMatch(/scbusybox:1\.0 {3}"\/while\.sh" .* Created +scbusybox-1$/)
    await run('chmod +x while.sh')
    expect(await run(`${command} run --rm scbusybox:1.0; echo "status $?"`)).toMatch(
      /permission denied[\s\S]*status 126$/,
    )

    // With the x bit the interpreter is missing.
    await run(`${command} build -t scbusybox:1.1 .`)
    expect(await run(`${command} run --rm scbusybox:1.1; echo "status $?"`)).toMatch(
      /^exec \/while\.sh: no such file or directory\nthe #! line of \/while\.sh asks for \/bin\/bash, which is not in the image[\s\S]*status 255$/,
    )

    // The script as it was published, without the blank.
    await entrypoint('["/bin/sh","/while.sh"]')
    await run(`sed -i 's/^while :/while:/' while.sh`)
    expect(await run(`${command} build -q -t published .`)).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(await run(`${command} run --rm published; echo "status $?"`)).toBe(
      '/while.sh: line 3: while:: not found\n/while.sh: line 4: syntax error: unexpected "do"\nstatus 2',
    )

    // With it, it counts, and stops at once.
    await run(`sed -i 's/^while:/while :/' while.sh; ${command} build -t scbusybox:1.2 .`)
    await tab.type(`${command} run --rm -it --init scbusybox:1.2\r`)
    await tab.shows(/hello world,sanchuang 1\nhello world,sanchuang 2\nhello world,sanchuang 3/)
    await tab.screenshot(`story-${command}`)
    await tab.press('Control+c')
    await tab.shows(/sanchuang 3[\s\S]*\^C[\s\S]*[#$] $/)
    expect(await run('echo "status $?"')).toBe('status 130')

    // In the background, seen from outside and from within.
    expect(await run(`${command} run -itd --name scbusybox-6 scbusybox:1.2`)).toMatch(/^[0-9a-f]{64}$/)
    expect(await run(`${command} ps`)).toMatch(/scbusybox:1\.2 {3}"\/bin\/sh \/while\.sh" {3}.* Up .* scbusybox-6$/)
    await tab.type(`${command} logs -f scbusybox-6\r`)
    await tab.shows(/logs -f scbusybox-6\nhello world,sanchuang 1\nhello world,sanchuang 2\nhello world,sanchuang 3/)
    await tab.press('Control+c')
    await tab.shows(/\^C[\s\S]*[#$] $/)

    expect(await run(`${command} diff scbusybox-6`)).toBe('')
    await tab.type(`${command} exec -it scbusybox-6 sh\r`)
    await tab.shows(/\/ # $/)
    await tab.type('cat /hello.txt; ps; exit 7\r')
    await tab.shows(/welcome to sanchuang!\nPID .*\n[\s\S]*\/bin\/sh \/while\.sh\n[\s\S]*:~\/scbusybox# $/)
    expect(await run('echo "status $?"')).toBe('status 7')
    expect(await run(`${command} exec scbusybox-6 nosuch; echo "status $?"`)).toMatch(/not found[\s\S]*status 127$/)

    // What it changes is its own: A, C and D, and a layer when it is committed. The shell has kept its history.
    await run(`${command} exec scbusybox-6 sh -c 'echo x >> /etc/motd; rm /etc/group; touch /new'`)
    expect(await run(`${command} diff scbusybox-6`)).toBe(
      'C /etc\nD /etc/group\nC /etc/motd\nA /new\nC /root\nA /root/.ash_history',
    )
    expect(await run(`${command} run --rm --entrypoint ls scbusybox:1.2 /new; echo "status $?"`)).toBe(
      'ls: /new: No such file or directory\nstatus 1',
    )
    expect(await run(`${command} commit scbusybox-6 changed`)).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(
      await run(`${command} run --rm --entrypoint ls changed /etc/group /new 2> /dev/null; echo "status $?"`),
    ).toBe('/new\nstatus 1')
    await tab.page.getByRole('button', { name: 'Layers' }).click()
    await expect
      .poll(() => tab.page.locator('#layers-target option').allTextContents())
      .toContainEqual('scbusybox-6 (scbusybox:1.2, running)')
    await tab.page.locator('#layers-target').selectOption('scbusybox-6 (scbusybox:1.2, running)')
    const top = tab.page.locator('#layers-list details').first()
    await expect.poll(() => top.locator('.hidden').allTextContents()).toEqual(['group'])
    expect(await top.locator('.added').allTextContents()).toContainEqual(expect.stringMatching(/^new/))
    await tab.screenshot(`story-layers-${command}`)
    await tab.page.getByRole('button', { name: 'Layers' }).click()

    // A first process without a handler does not heed SIGTERM: SIGKILL after the grace time.
    expect(await run(`${command} stop -t 1 scbusybox-6`)).toBe('scbusybox-6')
    expect(await run(`${command} ps -a --filter name=scbusybox-6`)).toContain('Exited (137)')
    expect(await run(`${command} rm scbusybox-6 scbusybox-1`)).toBe('scbusybox-6\nscbusybox-1')
    expect(await run(`${command} ps -aq`)).toBe('')
    expect(await run(`${command} rmi published`)).toMatch(/^Untagged: published:latest\nDeleted: sha256:/)
  })
})

test('the same messages and statuses as in Node', { timeout: LONG }, async () => {
  const STATUSES: readonly (readonly [command: string, status: number])[] = [
    ['run --rm busybox true', 0],
    ["run --rm busybox sh -c 'exit 300'", 44],
    ['run --rm busybox nosuchcmd', 127],
    ['run --rm busybox /etc', 126],
    ['run --rm nosuchimage', 125],
    ['run --rm --nosuchflag busybox', 125],
    ['run --rm --read-only busybox touch /x', 1],
    ['nosuchcommand', 1],
    ['exec nosuch true', 1],
    ['build nosuchdir', 1],
  ]
  for (const [command, status] of STATUSES) {
    expect(await tab.run(`docker ${command} 2> /dev/null; echo "${command.slice(0, 30)}: $?"`, 0, LONG)).toBe(
      `${command.slice(0, 30)}: ${status}`,
    )
  }
  await tab.run(`printf 'FROM busybox\\nRUN exit 3\\n' > Bad`)
  const failed = await tab.run('docker build -f Bad .', 0, LONG)
  expect(failed).toContain('   2 | >>> RUN exit 3\n')
  expect(failed).toMatch(
    /ERROR: failed to build: failed to solve: process "\/bin\/sh -c exit 3" did not complete successfully: exit code: 3$/,
  )
})

test('an archive that is cut short is refused, and leaves nothing; a whole one loads', { timeout: LONG }, async () => {
  await tab.run('docker build -q -t kept:1 .', 0, LONG)
  await tab.run('docker save -o image.tar kept:1; head -c 20000 image.tar > half.tar', 0, LONG)
  expect(await tab.run('docker rmi kept:1 > /dev/null; docker load -i half.tar; echo "status $?"', 0, LONG)).toMatch(
    /truncated archive: .*\nstatus 1$/,
  )
  expect(await tab.run('docker images -q kept')).toBe('')
  expect(await tab.run('docker load < image.tar', 0, LONG)).toBe('Loaded image: kept:1')
  expect(await tab.run('docker run --rm --entrypoint cat kept:1 /hello.txt', 0, LONG)).toBe('welcome to sanchuang!')
})
