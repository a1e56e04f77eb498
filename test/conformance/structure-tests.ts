// container-structure-test's own end to end tests, with its own configurations, against the verdicts that its script asks for:
// `node test/bundle-run.mjs test/conformance/structure-tests.ts CHECKOUT`, after `npm run build`.
//
// Its images are made from ubuntu:22.04, whose programs are machine code. Here an image with the same files, and with apt and
// capsh played by scripts, has that name; its Dockerfiles are built over it as they are.

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const UBUNTU = `FROM busybox
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
COPY apt-get apt-config useradd /usr/bin/
COPY bash /bin/
COPY sources.list /etc/apt/sources.list
COPY copyright /usr/share/doc/dash/copyright
COPY copyright /usr/share/doc/ubuntu-keyring/copyright
RUN sed -i 's|^root:.*|root:x:0:0:root:/root:/bin/bash|' /etc/passwd && : > /etc/machine-id && chmod 755 /bin/bash /usr/bin/*
CMD ["/bin/bash"]
`

const FILES = {
  Dockerfile: UBUNTU,
  'sources.list':
    'deb http://archive.ubuntu.com/ubuntu/ jammy main\ndeb http://ports.ubuntu.com/ubuntu-ports/ jammy main\n',
  bash: '#!/bin/sh\nexec sh "$@"\n',
  copyright: 'License: BSD-3-clause\n',
  'apt-config': `#!/bin/sh\necho 'APT "";'\necho 'APT::AutoRemove "";'\n`,
  useradd: `#!/bin/sh\n# --create-home --uid UID NAME\nexec adduser -D -u "$3" "$4"\n`,
  'apt-get': `#!/bin/sh
case $1 in
  help) echo 'Usage: apt-get [options] command' ;;
  update) [ "$(id -u)" = 0 ] || { echo 'E: Could not open lock file' >&2; exit 100; } ;;
  install) printf '#!/bin/sh\\necho "Current: =ep cap_sys_admin+ep"\\n' > /usr/sbin/capsh; chmod 755 /usr/sbin/capsh ;;
  *) echo "E: Invalid operation $1" >&2; exit 100 ;;
esac
`,
} as const

const checkout = resolve(process.argv[2] ?? '')
const command = resolve('dist/cowbox.cjs')
const folder = mkdtempSync(join(tmpdir(), 'cowbox-structure-'))
let wrong = 0

try {
  const context = join(folder, 'ubuntu')
  mkdirSync(context)
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(context, name), text)
  build('ubuntu:22.04', context)
  for (const architecture of ['amd64', 'arm64', 'ppc64le', 's390x']) runAll(architecture)
} finally {
  rmSync(folder, { recursive: true })
}
console.log(wrong === 0 ? 'all as documented' : `${wrong} not as documented`)
process.exitCode = wrong === 0 ? 0 : 1

/** In the order of tests/structure_test_tests.sh. Its host driver and its --platform are refused here by name. */
function runAll(architecture: string): void {
  const config = (name: string) => `tests/${architecture}/ubuntu_22_04_${name}.yaml`
  const expectPass = (name: string, image: string, file: string, env = {}) =>
    verdict(`${architecture}: ${name}`, { image, config: config(file), env, status: 0, prints: 'PASS' })
  expectPass('positive', 'ubuntu:22.04', 'test')
  buildTheirs('unprivileged', 'test.local/ubuntu-unprivileged:latest')
  expectPass('run options: user', 'test.local/ubuntu-unprivileged:latest', 'containeropts_user_test')
  buildTheirs('cap', 'test.local/ubuntu-cap:latest')
  // Binds of directories that are not there: docker makes them.
  expectPass('run options: capabilities, bindMounts', 'test.local/ubuntu-cap:latest', 'containeropts_test')
  expectPass('run options: envVars', 'ubuntu:22.04', 'containeropts_env_test', {
    FOO: 'keepitsecret!',
    BAR: 'keepitsafe!',
  })
  expectPass('run options: envFile', 'ubuntu:22.04', 'containeropts_envfile_test')
  buildTheirs('metadata', 'test.local/debian8-with-metadata:latest')
  expectPass('metadata, docker', 'test.local/debian8-with-metadata:latest', 'metadata_test')
  const archive = join(folder, 'metadata.tar')
  cowbox(['save', '-o', archive, 'test.local/debian8-with-metadata:latest'])
  expectPass('metadata, tar', archive, 'metadata_test')
  const failure = { image: 'ubuntu:22.04', config: config('failure_test'), env: {}, status: 1, prints: 'FAIL' }
  verdict(`${architecture}: failure`, failure)
  // Of the other architectures the file says a key twice, and none of its checks is run.
  if (architecture === 'amd64') wrongChecksFail(failure.config)
}

interface Case {
  readonly image: string
  readonly config: string
  readonly env: Readonly<Record<string, string>>
  readonly status: number
  readonly prints: string
}

function verdict(name: string, { image, config, env, status, prints }: Case): void {
  const driver = image.endsWith('.tar') ? ['--driver', 'tar'] : []
  const ran = cowbox(['test', ...driver, '--image', image, '--config', config], env)
  const isRight = ran.status === status && ran.stdout.split('\n').includes(prints)
  if (!isRight) wrong++
  console.log(
    `${isRight ? 'as documented' : 'WRONG'.padEnd(13)}  ${name}${isRight ? '' : `\n${ran.stdout}${ran.stderr}`}`,
  )
}

/** All but those that are right in every image of ubuntu: its PATH, and its copyright files. */
function wrongChecksFail(config: string): void {
  const { Results } = JSON.parse(cowbox(['test', '--image', 'ubuntu:22.04', '--config', config, '--json']).stdout)
  const passed = Results.filter(({ Pass }: { Pass: boolean }) => Pass).map(({ Name }: { Name: string }) => Name)
  if (passed.join() === 'Command Test: path,License Test') return
  wrong++
  console.log(`WRONG: of the failing checks these passed: ${passed}`)
}

function buildTheirs(name: string, tag: string): void {
  build(tag, join(checkout, 'tests'), `Dockerfile.${name}`)
}

function build(tag: string, context: string, dockerfile = 'Dockerfile'): void {
  const ran = cowbox(['build', '-q', '-f', join(context, dockerfile), '-t', tag, context])
  if (ran.status !== 0) throw new Error(`${dockerfile}: ${ran.stderr}`)
}

function cowbox(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return spawnSync('node', [command, ...args], {
    cwd: checkout,
    encoding: 'utf8',
    env: { ...process.env, COWBOX_HOME: join(folder, 'home'), ...env },
  })
}
