// Every example of examples/testing is run, and each would catch what it is there to catch: breaking it makes it fail.

import { readFileSync } from 'node:fs'
import { assertBox, Engine, type Library, type RunOptions, virtualClock } from '../../cli/node/index.ts'
import { describe, expect, test } from '../../cli/node/vitest.ts'
import { parseValue } from '../../smoke/value.ts'
import { cowbox } from './cowbox.ts'

const folder = 'examples/testing'
const read = (name: string) => readFileSync(`${folder}/${name}`, 'utf8')

function webFiles(change: (text: string) => string = text => text): Record<string, string> {
  const names = [
    'Dockerfile',
    'entrypoint.sh',
    'entrypoint.d/10-check-port.sh',
    'entrypoint.d/20-not-executable',
    'templates/site.conf.template',
  ]
  const files = names.map(name => [`/tests/web/${name}`, change(read(`web/${name}`))] as const)
  return { ...Object.fromEntries(files), '/tests/smoke.yaml': read('web/smoke.yaml') }
}

async function testWeb(files: Record<string, string>) {
  const { stdout, stderr, status } = await cowbox(['test', '--image', '/tests/web', '-c', 'smoke.yaml'], { files })
  const failed = stdout.match(/(?<==== RUN: ).*(?=\n--- FAIL)/g) ?? []
  return { status, failed, text: stdout + stderr }
}

describe('web', () => {
  test('passes', async () => {
    const { status, text } = await testWeb(webFiles())
    expect(status, text).toBe(0)
  })

  test.each([
    ['no exec', 'exec "$@"', '"$@"', ['becomes the server, with its site filled in']],
    ['a wrong template', '|$PORT|g', '|8080|g', ['the environment names the site']],
    ['no check of the port', 'exit 77', 'exit 0', ['a privileged port is refused']],
    [
      'a script that is not skipped',
      'if [ -x "$script" ]',
      'if [ -e "$script" ]',
      ['becomes the server, with its site filled in', 'the environment names the site'],
    ],
    ['a wasteful layer', 'STOPSIGNAL', 'RUN chmod -R a+w /etc/web /bin\nSTOPSIGNAL', ['Audit Test: world-writable']],
  ])('%s is caught', async (_name, from, to, expected) => {
    const { status, failed, text } = await testWeb(webFiles(file => file.replace(from, to)))
    expect(status).toBe(1)
    for (const name of expected) expect(failed.join('\n'), text).toContain(name)
  })
})

describe('the example image', () => {
  test('its test file passes', async () => {
    const names = ['Dockerfile', 'hello.txt', 'while.sh']
    const files = Object.fromEntries(
      names.map(name => [`/tests/i/${name}`, readFileSync(`examples/scbusybox/${name}`)]),
    )
    // Modes as they are in the repository.
    const ran = await cowbox(['test', '--image', '/tests/i', '-c', 't.yaml'], {
      files: { ...files, '/tests/t.yaml': read('scbusybox.yaml').replace('-rw-r--r--', '-rwxr-xr-x') },
    })
    expect(ran.status, ran.stdout + ran.stderr).toBe(0)
  })
})

describe('database', () => {
  const stubs = {
    dbinit: 'cat > "$2/password"; echo 1 > "$2/VERSION"',
    dbserver:
      'trap "exit 0" INT TERM; [ "$1" = --socket-only ] && { sleep 3; touch /run/db/socket; } || echo serving; while :; do sleep 1; done',
    dbclient: 'if [ "$1" = --ping ]; then test -e /run/db/socket; else cat >> /run/db/sql; fi',
  }
  let engine: Library

  async function start(how: RunOptions = {}) {
    engine ??= await Engine.open()
    const image = await engine.build({ context: `${folder}/database` })
    return engine.run(image, { clock: virtualClock(), seed: 1, coverage: true, stubs, ...how })
  }

  test('is made at the first start, by its own user, and not at the second', async () => {
    const box = await start({ env: { PASSWORD: 'secret' } })
    await box.runUntil('serving')
    expect(box.stdout.lines()).toEqual([
      'loading /initdb.d/10-tables.sql',
      'running /initdb.d/20-settings.sh',
      'database for dba',
      'ignoring /initdb.d/README',
      'initialized',
      'serving',
    ])
    expect(box.files.read('/run/db/sql')).toBe('CREATE TABLE visits (at timestamp);\n')
    const processes = await box.processes()
    expect(processes.find(({ pid }) => pid === 1)).toMatchObject({
      user: '70',
      command: expect.stringContaining('dbserver'),
    })
    expect(box.calls('dbinit')[0]?.argv).toEqual(['dbinit', '--data', '/var/lib/data', '--password-stdin'])
    expect(box.calls('dbclient').filter(({ argv }) => argv[1] === '--ping')).toHaveLength(4)
    expect((await box.exec(['cat', '/var/lib/data/password'])).stdout).toBe('secret')
    expect((await box.exec(['stat', '-c', '%a %U', '/var/lib/data/password'])).stdout).toBe('600 dba\n')
    await box.stop()
  })

  test.each([
    ['no password', {}, 'set PASSWORD or PASSWORD_FILE'],
    ['two passwords', { PASSWORD: 'a', PASSWORD_FILE: '/etc/motd' }, 'both PASSWORD and PASSWORD_FILE are set'],
  ])('%s is refused', async (_name, env, message) => {
    const box = await start({ env })
    await assertBox.hasExited(box, 1)
    assertBox.prints(box, message)
  })

  test('a server that never comes up is given half a minute', async () => {
    const box = await start({ env: { PASSWORD_FILE: '/etc/motd' }, stubs: { ...stubs, dbclient: 'exit 1' } })
    const before = box.now()
    await expect(box).toHaveExited(1)
    expect(box).toPrint('the server did not come up')
    expect(box.now() - before).toBe(29_000)
    const missed = [...(box.coverage.files.get('/usr/local/bin/entrypoint.sh') ?? [])].filter(
      ([, times]) => times === 0,
    )
    expect(missed.length).toBeGreaterThan(5)
  })

  test('other commands run as they are', async () => {
    const box = await start({ cmd: ['id', '-u'] })
    await expect(box).toHaveExited(0)
    expect(box.stdout.text()).toBe('0\n')
  })
})

describe('cron', () => {
  test('two days of backups, of which three are kept', async ({ run }) => {
    const box = await run('mkdir /backups /data; echo x > /data/file; exec sh /backup.sh', {
      cmd: ['sh', '-c', 'mkdir /backups /data; echo x > /data/file; cat > /backup.sh; exec sh /backup.sh'],
      stdin: read('cron/backup.sh'),
    })
    await box.advance('47h30m')
    expect(box.stdout.lines().filter(line => line.startsWith('made'))).toHaveLength(48)
    expect(box.files.list('/backups')).toEqual(['21', '22', '23'].map(hour => `backup-20240102-${hour}00.tar.gz`))
    expect(await box.exec(['tar', '-tzf', '/backups/backup-20240102-2300.tar.gz'])).toMatchObject({
      stdout: 'data/\ndata/file\n',
    })
  })
})

test('the files for CI are YAML', () => {
  for (const name of ['github-actions.yml', 'gitlab-ci.yml']) {
    expect(parseValue(read(name), { isJson: false }, [])?.kind).toBe('map')
  }
})
