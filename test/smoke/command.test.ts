// `cowbox test` as its users have it: files in, verdicts out.

import { describe, expect, test } from 'vitest'
import { sleepUntilChange } from '../../cli/smoke-watch.ts'
import { saveArchive } from '../../image/archive.ts'
import { fullName, parseReference } from '../../image/reference.ts'
import { Capture } from '../../kernel/capture.ts'
import { VirtualClock } from '../../kernel/clock.ts'
import type { Process } from '../../kernel/process.ts'
import { decode } from '../../lib/bytes.ts'
import { readTar } from '../../lib/tar.ts'
import { testEngine } from '../engine-box.ts'
import { testKernel } from '../kernel/box.ts'
import { cowbox } from './cowbox.ts'

const HEAD = "schemaVersion: '2.0.0'\n"

interface Row {
  readonly Name: string
  readonly Pass: boolean
  readonly Errors?: readonly string[]
  readonly Stdout?: string
}

async function verdicts(
  yaml: string,
  how: {
    args?: string[]
    files?: Record<string, string | Uint8Array>
    env?: Record<string, string>
    image?: string
  } = {},
) {
  const files = { '/tests/t.yaml': HEAD + yaml, ...how.files }
  const args = ['test', '--image', how.image ?? 'busybox', '-c', 't.yaml', '-o', 'json', ...(how.args ?? [])]
  const ran = await cowbox(args, { files, env: how.env ?? {} })
  if (!ran.stdout.startsWith('{')) throw new Error(`status ${ran.status}: ${ran.stdout}${ran.stderr}`)
  const results: Row[] = JSON.parse(ran.stdout).Results ?? []
  return {
    ...ran,
    results,
    passed: results.filter(({ Pass }) => Pass).map(({ Name }) => Name),
    errors: Object.fromEntries(results.flatMap(({ Name, Errors = [] }) => (Errors.length > 0 ? [[Name, Errors]] : []))),
  }
}

const IMAGE = {
  '/tests/image/Dockerfile': `FROM busybox
ENV SOME_KEY="SOME_VAL" EMPTY_VAR="" REGEX_VAR="test-2.1.8"
LABEL commit="0123456789abcdef" vendor="my test label" empty=""
COPY app.sh /usr/bin/app
RUN chmod 4755 /usr/bin/app; mkfifo /pipe; ln -s ../bin/app /usr/bin/link; echo 'me:x:1001:1001::/:/bin/sh' >> /etc/passwd; chown 1001:1001 /home
EXPOSE 8080 9090/udp
VOLUME /data
WORKDIR /srv
USER 1001
ENTRYPOINT ["/usr/bin/app"]
CMD ["serve"]
`,
  '/tests/image/app.sh': `#!/bin/sh
trap 'echo bye; exit 0' TERM
echo "starting $*"
sleep 30
echo ready > /tmp/ready
echo "listening on 8080"
while :; do sleep 1; done
`,
}

describe('container-structure-test files', () => {
  test('commands: setup, variables, patterns, exit codes', async () => {
    const { passed, errors, status } = await verdicts(`
globalEnvVars:
- {key: PATH, value: "/env/bin:$PATH"}
- {key: NAME, value: global}
commandTests:
- name: path
  command: sh
  args: [-c, 'echo $PATH']
  expectedOutput: ['^/env/bin:/usr/local/sbin:', '/bin\\n$']
- name: setup
  setup: [[mkdir, -p, /env/bin], [sh, -c, 'printf "#!/bin/sh\\necho tool %s" "$NAME" > /env/bin/tool; chmod +x /env/bin/tool']]
  teardown: [[rm, /env/bin/tool]]
  envVars: [{key: NAME, value: "own-$NAME"}]
  command: tool
  expectedOutput: ['tool own-global']
- name: no setup of another
  command: sh
  args: [-c, test ! -e /env]
- {name: code, command: sh, args: [-c, 'echo oops >&2; exit 3'], exitCode: 3, expectedError: [o+ps], excludedError: [fine]}
- {name: fails, command: sh, args: [-c, 'echo out'], exitCode: 1, expectedOutput: [in], excludedOutput: ['out'], expectedError: [x]}
- {name: missing, command: nosuch}
- {command: ls}
- {name: args are expanded, command: echo, args: ['$NAME \${NAME} $$ $NOPE.'], expectedOutput: ['^global global  \\.\\n$']}
- {name: time, command: sleep, args: ['3600']}
- {name: waits, command: sh, args: [-c, 'mkfifo /f; cat /f']}
`)
    expect(status).toBe(1)
    expect(passed).toEqual(
      ['path', 'setup', 'no setup of another', 'code', 'args are expanded', 'time'].map(
        name => `Command Test: ${name}`,
      ),
    )
    expect(errors['Command Test: fails']).toEqual([
      "Expected string 'x' not found in error ''",
      "Expected string 'in' not found in output 'out\n'",
      "Excluded string 'out' found in output 'out\n'",
      "Test 'fails' exited with incorrect error code. Expected: 1, Actual: 0",
    ])
    expect(errors['Command Test: missing']).toEqual([
      'Error creating container: exec: "nosuch": executable file not found in $PATH',
    ])
    expect(errors['']).toEqual(['Please provide a valid name for every test'])
    expect(errors['Command Test: waits']?.[0]).toMatch(/nothing will ever wake cat/)
  })

  test('files and metadata, of an image built from a Dockerfile', async () => {
    const { passed, errors } = await verdicts(
      `
fileExistenceTests:
- {name: root, path: /, uid: 0, gid: 0}
- {name: hosts, path: /etc/hosts, shouldExist: true}
- {name: gone, path: /etc/dummy, shouldExist: false}
- {name: setuid, path: /usr/bin/app, permissions: urwxr-xr-x, isExecutableBy: other}
- {name: link, path: /usr/bin/link, permissions: Lrwxrwxrwx}
- {name: sticky, path: /tmp, permissions: dtrwxrwxrwx}
- {name: owner, path: /home, uid: 1001, gid: 1001}
- {name: home, path: "$HOME", shouldExist: false}
- {name: not there, path: /foo/bar}
- {name: there, path: /etc/passwd, shouldExist: false}
- {name: wrong, path: /etc/passwd, permissions: '-rwxrwxrwx', uid: 5, isExecutableBy: owner}
fileContentTests:
- {name: passwd, path: /etc/passwd, expectedContents: ['root:x:0:0', '(?m)^me:'], excludedContents: [nosuchuser]}
- {name: by link, path: /usr/bin/link, expectedContents: ['(?s)^#!/bin/sh.*ready']}
- {name: directory, path: /etc}
metadataTest:
  envVars:
  - {key: SOME_KEY, value: SOME_VAL}
  - {key: EMPTY_VAR, value: ''}
  - {key: REGEX_VAR, value: '[a-z]+-2\\.1\\.*', isRegex: true}
  unboundEnvVars: [{key: BAR}]
  labels: [{key: commit, value: 0123456789abcdef}, {key: vendor, value: 'my .+ label', isRegex: true}, {key: empty, value: ''}]
  entrypoint: [/usr/bin/app]
  cmd: [serve]
  exposedPorts: ['8080', 9090]
  unexposedPorts: ['80']
  volumes: [/data]
  unmountedVolumes: [/root]
  workdir: /srv
  user: 1001
`,
      { image: '/tests/image', files: IMAGE },
    )
    expect(errors).toEqual({
      'File Content Test: directory': [
        'Failed to open /etc. Error: Cannot read specified path: /etc is a directory, not a file',
      ],
      'File Existence Test: not there': [
        'Error examining file in container: Could not find the file /foo/bar in the image',
      ],
      'File Existence Test: home': ['File $HOME should not exist but does'],
      'File Existence Test: there': ['File /etc/passwd should not exist but does'],
      'File Existence Test: wrong': [
        '/etc/passwd has incorrect permissions. Expected: -rwxrwxrwx, Actual: -rw-r--r--',
        '/etc/passwd has incorrect executable bit. Expected to be executable by owner, Actual: -rw-r--r--',
        '/etc/passwd has incorrect user ownership. Expected: 5, Actual: 0',
      ],
    })
    expect(passed).toContain('Metadata Test')
  })

  test('metadata that is not so', async () => {
    const { errors } = await verdicts(
      `
metadataTest:
  envVars: [{key: SOME_KEY, value: other}, {key: NOPE, value: x}]
  unboundEnvVars: [{key: SOME_KEY}]
  labels: [{key: vendor, value: ours}, {key: none, value: x}]
  entrypoint: [/usr/bin/other]
  cmd: []
  exposedPorts: ['80']
  unexposedPorts: ['8080']
  volumes: [/nope]
  unmountedVolumes: [/data]
  workdir: /
  user: root
`,
      { image: '/tests/image', files: IMAGE },
    )
    expect(errors['Metadata Test']).toEqual([
      'env var SOME_KEY value SOME_VAL does not match expected value: other',
      'variable NOPE not found in image env',
      'env variable SOME_KEY should not be present in image metadata',
      'label vendor value my test label does not match expected value: ours',
      'label none not found in image metadata',
      'Image Cmd [serve] does not match expected Cmd: []',
      'Image config entrypoint [/usr/bin/app] does not match expected value: [/usr/bin/other]',
      'Image workdir /srv does not match config workdir: /',
      'Image user 1001 does not match config user: root',
      'Port 80 not found in config',
      'Port 8080 should not be exposed',
      'Volume /nope not found in config',
      'Volume /data should not be mounted',
    ])
  })

  test('containerRunOptions: user, variables of the host, a file of variables, a terminal', async () => {
    const { passed, results } = await verdicts(
      `
commandTests:
- {name: who, command: id, args: [-u], expectedOutput: ['^8\\s']}
- {name: env, command: printenv, expectedOutput: ['FOO=keepitsecret!', 'BAR=from file', 'Q=a b']}
- {name: tty, command: tty, expectedOutput: [/dev/pts/0]}
containerRunOptions: {user: mail, privileged: true, capabilities: [sys_admin], allocateTty: true, envVars: [FOO, UNSET], envFile: vars}
`,
      { files: { '/tests/vars': '# c\nBAR=from file\nexport Q="a b"\n' }, env: { FOO: 'keepitsecret!' } },
    )
    expect(passed, JSON.stringify(results)).toHaveLength(3)
  })

  test('licenses', async () => {
    const { errors, passed } = await verdicts(
      'licenseTests: [{debian: true}, {files: [/usr/share/doc/b/copyright]}]\ncowbox: {licenses: {allowed: [MIT, GPL], denied: []}}\n',
      {
        image: '/tests/i',
        files: {
          '/tests/i/Dockerfile': 'FROM busybox\nCOPY doc /usr/share/doc\n',
          '/tests/i/doc/a/copyright': 'AGPL version 3',
          '/tests/i/doc/b/copyright': 'MIT',
          '/tests/i/doc/libgnutls30/copyright': 'names the agpl',
          '/tests/i/doc/none/readme': '',
        },
      },
    )
    expect(passed).toEqual(['License Test', 'Licenses Test'])
    expect(errors['License Test']).toEqual([
      'Invalid license for /usr/share/doc/a/copyright, license contains AGPL',
      'Error reading license file for /usr/share/doc/none/copyright: File /usr/share/doc/none/copyright not found in image',
    ])
  })
})

describe('what is ours', () => {
  test('a container as the image says, in virtual time', async () => {
    const { errors, passed } = await verdicts(
      `
cowbox:
  runTests:
  - name: becomes ready and stops well
    until: listening on \\d+
    exec: [[test, -s, /tmp/ready], 'grep -q ready /tmp/ready']
    running: true
    processes: ['^/bin/sh /usr/bin/app serve$', sleep]
    noProcesses: [nginx]
    stop: TERM
    expectedOutput: [starting serve, bye]
    changes: [A /tmp/ready]
    onlyChanges: true
  - {name: too early, for: 5s, output: "starting serve\\n", changes: [A /tmp/ready]}
  - {name: args, args: [other], for: 1s, expectedOutput: [starting other]}
  - {name: too late, until: listening, timeout: 10s}
  - {name: no start, entrypoint: [/etc/passwd]}
  - {name: must fail, entrypoint: ['false'], expectFailure: true}
  - {name: must not fail, entrypoint: ['true'], expectFailure: true}
  - {name: stdin, entrypoint: [cat], args: [], stdin: typed, output: typed}
  - {name: stubs, entrypoint: [sh, -c], args: ['git clone x; date'], stubs: {git: 'echo stub "$@"'}, expectedOutput: [stub clone x, '2024']}
  - {name: setup, setup: ['echo made > /tmp/made'], entrypoint: [cat], args: [/tmp/made], output: "made\\n", changes: [], onlyChanges: true}
  - {name: other changes, entrypoint: [touch, /tmp/a, /tmp/b], args: [], changes: [A /tmp/a], onlyChanges: true}
`,
      { image: '/tests/image', files: IMAGE },
    )
    expect(passed).toEqual(
      ['becomes ready and stops well', 'args', 'must fail', 'stdin', 'stubs', 'setup'].map(name => `Run Test: ${name}`),
    )
    expect(errors['Run Test: too early']).toEqual(["Expected change 'A /tmp/ready' is not among none"])
    expect(errors['Run Test: too late']?.[0]).toMatch(/did not print .* within \d+ s; stdout: "starting serve/)
    expect(errors['Run Test: no start']?.[0]).toMatch(/permission denied\n[\s\S]*x bit/)
    expect(errors['Run Test: other changes']).toEqual(["Unexpected change 'A /tmp/b'"])
  })

  test('files, limits, audits', async () => {
    const yaml = (limits: string) => `
cowbox:
  fileTests:
  - {name: applets, path: /bin/*, mode: '0755', type: file, owner: root, group: root}
  - {name: app, path: /usr/bin/app, mode: '4755', minSize: 10, maxSize: 1kB, expectedContents: [trap]}
  - {name: link, path: /usr/bin/link, type: symlink, linksTo: ../bin/app, sha256: 'sha256:0000'}
  - {name: fifo, path: /pipe, type: fifo}
  - {name: none, path: /**/*.pyc, exists: false}
  - {name: some, path: /nope/*}
  - {name: all of these, path: /etc/pass*, uid: 7, contents: x}
  limits: ${limits}
  audit: {setuid: [], worldWritable: [/data/**], unowned: false}
`
    const { errors, passed } = await verdicts(yaml('{lowestEfficiency: 1, maxLayers: 2, maxSize: 10B}'), {
      image: '/tests/image',
      files: IMAGE,
    })
    expect(passed).toEqual([
      ...['applets', 'app', 'fifo', 'none'].map(name => `File Test: ${name}`),
      'Audit Test: world-writable',
    ])
    expect(errors['File Test: link']?.[0]).toMatch(/^\/usr\/bin\/link has the sha256 [0-9a-f]{64}, not sha256:0000$/)
    expect(errors['File Test: some']).toEqual(['no file matches /nope/*'])
    expect(errors['File Test: all of these']?.[0]).toBe('/etc/passwd has the uid 0, not 7')
    expect(errors['Audit Test: setuid']).toEqual(['/usr/bin/app is setuid or setgid (urwxr-xr-x)'])
    expect(errors['Audit Test: unowned']).toContain('/home belongs to gid 1001, which /etc/group does not know')
    expect(errors['Limits Test']?.[0]).toMatch(/^image efficiency is too low \(efficiency=0\.\d+ < threshold=1\): /)
    expect(errors['Limits Test']?.slice(1).join()).toMatch(/more than 10,the image has \d+ layers, more than 2/)
    const loose = await verdicts(
      yaml('{lowestEfficiency: 0.1, highestWastedBytes: 1MB, highestUserWastedPercent: 10}'),
      {
        image: '/tests/image',
        files: IMAGE,
      },
    )
    expect(loose.passed).toContain('Limits Test')
  })

  test('--metadata: a configuration of its own, of an image or as docker inspects one', async () => {
    const yaml = 'metadataTest: {workdir: /other, labels: [{key: a, value: b}]}\n'
    const config = { WorkingDir: '/other', Labels: { a: 'b' } }
    const files = {
      '/tests/oci.json': JSON.stringify({ config }),
      '/tests/inspect.json': JSON.stringify([{ Id: 'x', Config: config }]),
      '/tests/bad.json': JSON.stringify({ config: { Env: 'A=b' } }),
    }
    expect((await verdicts(yaml)).errors['Metadata Test']).toEqual([
      'label a not found in image metadata',
      'Image workdir  does not match config workdir: /other',
    ])
    for (const file of ['oci.json', 'inspect.json']) {
      expect((await verdicts(yaml, { args: ['--metadata', file], files })).status).toBe(0)
    }
    const args = ['test', '--image', 'busybox', '-c', 't.yaml', '--metadata', 'bad.json']
    const bad = await cowbox(args, { files: { '/tests/t.yaml': HEAD + yaml, ...files } })
    expect([bad.status, bad.stderr]).toEqual([1, 'Error response: bad.json: Env is not a list of texts\n'])
  })

  test('--coverage: the lines of the scripts of the image, of all tests together', async () => {
    const files = {
      '/tests/image/Dockerfile': 'FROM busybox\nCOPY app.sh /app.sh\nENTRYPOINT ["/app.sh"]\n',
      '/tests/image/app.sh': '#!/bin/sh\ncase $1 in\n  a) echo a ;;\n  b) echo b ;;\n  c) echo c ;;\nesac\n',
    }
    const yaml = `
commandTests: [{name: a, command: /app.sh, args: [a], expectedOutput: [a]}]
cowbox: {runTests: [{name: b, args: [b], output: "b\\n"}, {name: b again, args: [b]}]}
`
    const { status, read } = await verdicts(yaml, { image: '/tests/image', args: ['--coverage', 'lcov.info'], files })
    expect(status).toBe(0)
    expect(read('/tests/lcov.info')).toBe(
      'TN:\nSF:/app.sh\nDA:2,3\nDA:3,1\nDA:4,2\nDA:5,0\nLF:4\nLH:3\nend_of_record\n',
    )
  })

  test('--platform chooses, and refuses an image for another', async () => {
    const yaml = "commandTests: [{name: a, command: 'true'}]\n"
    expect((await verdicts(yaml, { args: ['--platform', 'linux/amd64'] })).status).toBe(0)
    const files = { '/tests/t.yaml': HEAD + yaml, '/tests/d/Dockerfile': 'FROM busybox\n' }
    const run = (image: string, platform: string) =>
      cowbox(['test', '--image', image, '-c', 't.yaml', '--platform', platform], { files })
    expect((await run('busybox', 'linux/arm64')).stderr).toBe(
      'Error response: busybox is for linux/amd64, not for linux/arm64\n',
    )
    expect((await run('busybox', 'a/b/c/d')).stderr).toContain('invalid platform: a/b/c/d')
    const pulled = await cowbox(['test', '--image', 'localhost:1/x', '-c', 't.yaml', '--pull'], { files })
    expect([pulled.status, pulled.stderr]).toEqual([
      1,
      'Error response: --pull: no registry can be asked for localhost:1/x\n',
    ])
  })

  test('TAP', async () => {
    const files = {
      '/tests/t.yaml': `${HEAD}commandTests: [{name: 'a #1', command: 'true'}, {name: b, command: 'false'}]\n`,
    }
    const { stdout, status } = await cowbox(['test', '--image', 'busybox', '-c', 't.yaml', '-o', 'tap'], { files })
    expect(status).toBe(1)
    expect(stdout).toMatch(
      /^TAP version 14\n1\.\.2\nok 1 - Command Test: a \\#1\nnot ok 2 - Command Test: b\n {2}---\n {2}errors: ".*error code.*"\n {2}duration_ms: [\d.]+\n {2}\.\.\.\n$/,
    )
  })

  test('snapshots are kept, compared, and updated', async () => {
    const yaml = (text: string) =>
      `cowbox: {runTests: [{name: s, entrypoint: [echo], args: [${text}], snapshot: true}]}\n`
    const first = await verdicts(yaml('one'))
    expect(first.errors['Run Test: s']).toEqual(['no snapshot is kept yet: run again with --update'])
    const updated = await verdicts(yaml('one'), { args: ['--update'] })
    const kept = updated.read('/tests/t.yaml.snap')
    expect(JSON.parse(kept)).toEqual({ 'Run Test: s': { exitCode: 0, stdout: ['one', ''], stderr: [], changes: [] } })
    const again = await verdicts(yaml('one'), { files: { '/tests/t.yaml.snap': kept } })
    expect(again.status).toBe(0)
    const changed = await verdicts(yaml('two'), { files: { '/tests/t.yaml.snap': kept } })
    expect(changed.errors['Run Test: s']?.[0]).toMatch(/snapshot differs[\s\S]*"one"[\s\S]*"two"/)
  })

  test('a busy loop and sleepers run beside each other, in order', async () => {
    const many = Array.from(
      { length: 40 },
      (_, i) => `- {name: t${i}, command: sh, args: [-c, 'sleep ${40 - i}; echo ${i}']}`,
    )
    const { results } = await verdicts(`commandTests:\n${many.join('\n')}\n`, { args: ['--jobs', '8'] })
    expect(results.map(({ Name, Stdout }) => [Name, Stdout])).toEqual(
      many.map((_, i) => [`Command Test: t${i}`, `${i}\n`]),
    )
  })
})

describe('the command line', () => {
  const three = `commandTests:\n${['a', 'b', 'c'].map(name => `- {name: ${name}, command: '${name === 'b' ? 'false' : 'true'}'}`).join('\n')}\n`
  const names = async (...args: string[]) =>
    (await verdicts(three, { args })).results.map(({ Name }) => Name.slice(-1)).join('')

  test('--filter, --shard, --bail', async () => {
    expect(await names()).toBe('abc')
    expect(await names('--filter', '[ac]$')).toBe('ac')
    expect([await names('--shard', '1/2'), await names('--shard', '2/2')]).toEqual(['ac', 'b'])
    expect(await names('--bail', '--jobs', '1')).toBe('ab')
  })

  test('reports: text on stdout, a file, quiet', async () => {
    const files = {
      '/tests/t.yaml': HEAD + three,
      '/tests/u.yaml': `${HEAD}commandTests: [{name: d, command: 'true'}]\n`,
    }
    const base = ['test', '--image', 'busybox', '-c', 't.yaml', '-c', 'u.yaml']
    const text = await cowbox(base, { files })
    expect(text.status).toBe(1)
    expect(text.stdout).toMatch(
      /^\n=+\n=+ Test file: t\.yaml =+\n=+\n=== RUN: Command Test: a\n--- PASS\nduration: \S+\n[\s\S]*Test file: u\.yaml[\s\S]*Total tests: 4\n\nFAIL\n$/,
    )
    const junit = await cowbox([...base, '-o', 'junit', '--junit-suite-name', 'mine', '--test-report', 'r.xml'], {
      files,
    })
    expect([junit.stdout, junit.status]).toEqual(['', 1])
    expect(junit.read('/tests/r.xml')).toContain('<testsuite name="mine"><testcase name="Command Test: a"')
    const json = await cowbox([...base, '--test-report', 'r.json'], { files })
    expect(json.stderr).toBe('raw text format unsupported for writing output file, defaulting to JSON\n')
    expect(JSON.parse(json.read('/tests/r.json')).Total).toBe(4)
    const quiet = await cowbox([...base, '-q'], { files })
    expect([quiet.stdout, quiet.status]).toEqual(['', 1])
  })

  test('a file that is wrong fails, and the others are run', async () => {
    const files = {
      '/tests/bad.yaml': `${HEAD}commandTest: []\n`,
      '/tests/t.yaml': `${HEAD}commandTests: [{name: d, command: 'true'}]\n`,
    }
    const { stdout, status } = await cowbox(
      ['test', '--image', 'busybox', '-c', 'bad.yaml', '-c', 't.yaml', '-o', 'json'],
      { files },
    )
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      Pass: 1,
      Results: [
        {
          Name: '',
          Errors: ["error parsing config file: bad.yaml:2: unknown key 'commandTest'; did you mean 'commandTests'?"],
        },
        { Name: 'Command Test: d' },
      ],
    })
    const none = await cowbox(['test', '--image', 'busybox', '-c', 'e.yaml'], { files: { '/tests/e.yaml': HEAD } })
    expect([none.status, none.stdout.endsWith('No tests run! Check config file format.\n')]).toEqual([1, true])
  })

  test.each([
    [['--image', 'busybox'], 'Please provide at least one test config file'],
    [['-c', 't.yaml'], 'Please supply path to image'],
    [['--image', 'nosuch', '-c', 't.yaml'], 'No such image: nosuch'],
    [['--image', 'busybox', '-c', 'gone.yaml'], 'open gone.yaml: no such file or directory'],
    [['--image', 'busybox', '-c', 't.yaml', '-o', 'rspec'], 'unsupported format rspec'],
    [['--image', 'busybox', '-c', 't.yaml', '-d', 'host'], 'unsupported driver type: host'],
    [['--image', 'busybox', '-c', 't.yaml', '--shard', '3/2'], '--shard 3/2: it must be i/n'],
    [['--image', 'busybox', '-c', 't.yaml', '--filter', '('], '--filter: error parsing regexp'],
  ])('%j is refused', async (args, message) => {
    const { stderr, status } = await cowbox(['test', ...args], { files: { '/tests/t.yaml': HEAD + three } })
    expect(status).toBe(1)
    expect(stderr).toContain(message)
  })

  test.each([
    [
      ['--save'],
      "--save is not supported: no containers are kept; to look at what a test sees, run 'cowbox run -it IMAGE sh'",
    ],
    [['--runtime=runsc'], '--runtime is not supported: there are no OCI runtimes'],
    [['-f'], '-f, --force is not supported: it belongs to the host driver'],
  ])('%j of container-structure-test is refused by name, with what to do', async (args, message) => {
    const files = { '/tests/t.yaml': HEAD + three }
    const { stderr, stdout, status } = await cowbox(['test', '--image', 'busybox', '-c', 't.yaml', ...args], { files })
    expect([status, stdout]).toEqual([125, ''])
    expect(stderr).toContain(message)
    const help = await cowbox(['test', '--help'], { files })
    expect(help.stdout).not.toMatch(/--(save|runtime|force)\b/)
  })

  test('an archive and a layout are images too', async () => {
    const engine = testEngine()
    const image = await engine.requireImage('busybox')
    const name = fullName(parseReference('busybox'))
    const docker = await saveArchive(engine.store, [{ image, names: [name] }], 'docker')
    const oci = await saveArchive(engine.store, [{ image, names: [name] }], 'oci')
    const layout = [...readTar(oci)].filter(({ kind }) => kind === 'file')
    const files = {
      '/tests/docker.tar': docker,
      ...Object.fromEntries(layout.map(({ path, contents }) => [`/tests/layout/${path}`, contents] as const)),
    }
    for (const where of ['docker.tar', './docker.tar', 'layout']) {
      const { status } = await verdicts(three.replace('false', 'true'), { image: where, files })
      expect(status, where).toBe(0)
    }
    const empty = await cowbox(['test', '--image', '/tests/x', '-c', 't.yaml'], {
      files: { '/tests/x/': '', '/tests/t.yaml': HEAD },
    })
    expect(empty.stderr).toContain('/tests/x has neither a Dockerfile nor an oci-layout in it')
  })

  test('--print-schema', async () => {
    const { stdout } = await cowbox(['test', '--print-schema'], { files: {} })
    expect(JSON.parse(stdout).properties.cowbox.properties.runTests.items.required).toEqual(['name'])
  })
})

test('--watch runs again when a file changes', async () => {
  const clock = new VirtualClock()
  const kernel = testKernel({}, { host: testEngine(clock).host })
  const file = kernel.mounts.root.root.create('t.yaml', { kind: 'file', mode: 0o644, uid: 0, gid: 0 })
  const out = new Capture()
  const argv = ['watch']
  let runs = 0
  const program = {
    name: 'watch',
    async main(proc: Process) {
      for (; runs < 2; runs++) await sleepUntilChange(proc, ['/t.yaml', 'an-image'])
      return 0
    },
  }
  const proc = kernel.boot({ argv, descriptions: [out, out, out] }, () => ({ program, argv }))
  for (let change = 1; change <= 2; change++) {
    for (let quiet = 0; quiet < 5; quiet++) {
      await kernel.idle()
      clock.ringNext()
    }
    expect(runs).toBe(change - 1)
    file.setAttributes({ mtime: BigInt(change) })
    clock.ringNext()
    await kernel.idle()
    expect(runs).toBe(change)
  }
  expect(proc.status).toEqual({ exited: 0 })
  expect(decode(out.bytes)).toBe('Waiting for changes...\nWaiting for changes...\n')
})

test('ports that must be open, and those that must not', async () => {
  const { passed, errors } = await verdicts(`
cowbox:
  runTests:
  - name: serves
    args: [sh, -c, 'sleep 5; httpd -p 8080; nc -u -l -p 53 & sleep 100']
    untilPort: '8080'
    ports: ['8080', '8080/tcp']
    noPorts: ['80', '8080/udp', '127.0.0.1:8080']
    exec: ["wget -q --spider http://localhost:8080/etc/passwd"]
  - name: later
    args: [sh, -c, 'httpd -p 127.0.0.1:8080; nc -u -l -p 53 & echo ready; sleep 100']
    for: 1s
    ports: ['127.0.0.1:8080', '53/udp']
  - name: none
    args: [sh, -c, 'httpd -p 127.0.0.1:8080; sleep 100']
    for: 1s
    ports: ['80']
    noPorts: ['8080']
  - name: never
    args: [sh, -c, 'sleep 3']
    untilPort: 80
`)
  expect(passed).toEqual(['Run Test: serves', 'Run Test: later'])
  expect(errors).toEqual({
    'Run Test: none': [
      "Expected port '80' is not among 127.0.0.1:8080/tcp",
      "Excluded port '8080' is among 127.0.0.1:8080/tcp",
    ],
    'Run Test: never': [expect.stringContaining('it did not listen on 80 before it ended with 0')],
  })
})
