// The entrypoints of official images under the harness, as a user would test his own: their commands are stubs, and each
// test is shown to catch a regression by running it on a script that has been broken.
//
// The scripts are not part of this repository. `COWBOX_ENTRYPOINTS=FOLDER npx vitest run test/smoke/entrypoints.test.ts`
// takes them from checkouts: FOLDER/redis is github.com/docker-library/redis, and so on (`path` below names each;
// docker-nginx is github.com/nginx/docker-nginx, docker-node github.com/nodejs/docker-node, mosquitto
// github.com/eclipse-mosquitto/mosquitto, distribution-library-image github.com/docker/distribution-library-image,
// traefik-library-image github.com/traefik/traefik-library-image). Without it every one of these tests is skipped.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Box, Executed, Stub, StubCall } from '../../cli/node/index.ts'
import { describe, expect, test } from '../../cli/node/vitest.ts'

const folder = process.env.COWBOX_ENTRYPOINTS

interface Session {
  readonly box: Box
  /** Runs the entrypoint with these words. */
  readonly start: (
    words: readonly string[],
    how?: { readonly env?: Readonly<Record<string, string>>; readonly user?: string },
  ) => Promise<Executed>
  readonly sh: (script: string) => Promise<Executed>
}

interface Entrypoint {
  /** The script among the checkouts. */
  readonly path: string
  /** Where its image has it. */
  readonly at: string
  /** Others of its folder, by where they go. */
  readonly beside?: Readonly<Record<string, string>>
  readonly stubs: readonly string[] | Readonly<Record<string, Stub>>
  /** Made before it is run. */
  readonly before?: string
  /** Throws when the script does not do what it is for. */
  readonly holds: (session: Session) => Promise<void>
  /** Changes of the script that a test must catch: what it was, what it becomes. */
  readonly breakages: readonly (readonly [from: string, to: string])[]
}

const silent: Stub = () => undefined

/** The calls of a stub, as lines of words. */
function lines(calls: readonly StubCall[]): string[] {
  return calls.map(({ argv }) => argv.slice(1).join(' '))
}

const ENTRYPOINTS: Readonly<Record<string, Entrypoint>> = {
  redis: {
    path: 'redis/docker-entrypoint.sh',
    at: '/usr/local/bin/docker-entrypoint.sh',
    stubs: {
      'redis-server': () => undefined,
      gosu: 'shift; exec su -s /bin/sh redis -c \'exec "$0" "$@"\' -- "$@"',
    },
    before: 'adduser -D -H -u 999 redis; mkdir -p /data; : >/data/dump.rdb; mkdir /data/appendonlydir',
    async holds({ box, start, sh }) {
      expect((await start(['--port', '7000'])).exitCode).toBe(0)
      expect((await start(['/etc/my.conf'])).exitCode).toBe(0)
      expect(lines(box.calls('redis-server'))).toEqual(['--port 7000', '/etc/my.conf'])
      expect(lines(box.calls('gosu'))).toContain('redis /usr/local/bin/docker-entrypoint.sh redis-server --port 7000')
      expect((await sh('stat -c %U /data/dump.rdb /data/appendonlydir')).stdout).toBe('redis\nredis\n')
      expect((await start(['sh', '-c', 'umask; echo "$1"', 'x', 'a b'])).stdout).toBe('0077\na b\n')
    },
    breakages: [
      ['set -- redis-server "$@"', 'set -- redis-server'],
      ["find . \\! -user redis -exec chown redis '{}' +", ':'],
      ['exec gosu redis "$0" "$@"', 'exec "$@"'],
      ['umask 0077', 'umask 0027'],
      ['[ "${1%.conf}" != "$1" ]', 'false'],
    ],
  },

  nginx: {
    path: 'docker-nginx/entrypoint/docker-entrypoint.sh',
    at: '/docker-entrypoint.sh',
    beside: { '20-envsubst-on-templates.sh': '/docker-entrypoint.d/20-envsubst-on-templates.sh' },
    stubs: {
      nginx: silent,
      envsubst: async call => (await call.stdin()).replaceAll('${PORT}', call.env.get('PORT') ?? ''),
    },
    before: `mkdir -p /usr/bin /etc/nginx/templates /etc/nginx/conf.d; ln -s /bin/find /usr/bin/find
      echo 'listen \${PORT};' >/etc/nginx/templates/site.conf.template
      echo 'export FROM_ENVSH=yes' >/docker-entrypoint.d/15-env.envsh
      echo 'echo "ran $FROM_ENVSH" >/ran' >/docker-entrypoint.d/30-run.sh; chmod +x /docker-entrypoint.d/*sh
      echo 'echo never >/never' >/docker-entrypoint.d/40-plain.sh`,
    async holds({ box, start }) {
      const { stdout, exitCode } = await start(['nginx', '-g', 'daemon off;'], { env: { PORT: '8080' } })
      expect(exitCode).toBe(0)
      expect(box.calls('nginx').map(call => call.argv.slice(1))).toEqual([['-g', 'daemon off;']])
      expect(box).toHaveFile('/etc/nginx/conf.d/site.conf', 'listen 8080;\n')
      expect(box).toHaveFile('/ran', 'ran yes\n')
      expect(box).not.toHaveFile('/never')
      expect(stdout).toContain('Ignoring /docker-entrypoint.d/40-plain.sh, not executable')
      expect(stdout).toContain('Configuration complete; ready for start up')
      expect((await start(['echo', 'plain'])).stdout).toBe('plain\n')
      const quiet = await start(['nginx'], { env: { NGINX_ENTRYPOINT_QUIET_LOGS: '1' } })
      expect(quiet.stdout).not.toContain('docker-entrypoint.sh:')
    },
    breakages: [
      [
        'if [ -x "$f" ]; then\n                        entrypoint_log "$0: Launching',
        'if true; then\n entrypoint_log "$0: Launching',
      ],
      ['. "$f"', '"$f"'],
      ['exec "$@"', 'exec $@'],
      ['sort -V', 'sort -rV'],
      ['[ "$1" = "nginx" ]', '[ "$1" != "" ]'],
      ['if [ -z "${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ]', 'if true'],
    ],
  },

  httpd: {
    path: 'httpd/2.4/httpd-foreground',
    at: '/usr/local/bin/httpd-foreground',
    stubs: ['httpd'],
    before: 'mkdir -p /usr/local/apache2/logs; echo 17 >/usr/local/apache2/logs/httpd.pid',
    async holds({ box, start }) {
      expect((await start(['-e', 'debug x'])).exitCode).toBe(0)
      expect(box.calls('httpd').map(({ argv }) => argv.slice(1))).toEqual([['-DFOREGROUND', '-e', 'debug x']])
      expect(box).not.toHaveFile('/usr/local/apache2/logs/httpd.pid')
      expect(box.files.exists('/usr/local/apache2/logs')).toBe(true)
    },
    breakages: [
      ['rm -f /usr/local/apache2/logs/httpd.pid', ':'],
      ['-DFOREGROUND ', ''],
      ['"$@"', '$@'],
    ],
  },

  php: {
    path: 'php/docker-php-entrypoint',
    at: '/usr/local/bin/docker-php-entrypoint',
    stubs: ['php', 'php-fpm'],
    async holds({ box, start }) {
      await start(['-r', 'echo 1;'])
      await start(['php-fpm', '-D'])
      expect(box.calls('php').map(({ argv }) => argv.slice(1))).toEqual([['-r', 'echo 1;']])
      expect(lines(box.calls('php-fpm'))).toEqual(['-D'])
      expect((await start(['sh', '-c', 'exit 7'])).exitCode).toBe(7)
    },
    breakages: [
      ['set -- php "$@"', 'set -- php-fpm "$@"'],
      ['"${1#-}" != "$1"', '"${1#+}" != "$1"'],
      ['exec "$@"', '"$@" || true'],
    ],
  },

  memcached: {
    path: 'memcached/docker-entrypoint.sh',
    at: '/usr/local/bin/docker-entrypoint.sh',
    stubs: ['memcached'],
    async holds({ box, start }) {
      await start(['-m', '64'])
      await start(['memcached', '--extended=modern track_sizes'])
      expect(box.calls('memcached').map(({ argv }) => argv.slice(1))).toEqual([
        ['-m', '64'],
        ['--extended=modern track_sizes'],
      ])
    },
    breakages: [
      ['set -- memcached "$@"', 'set -- memcached "$*"'],
      ['if [ "${1#-}" != "$1" ]', 'if true'],
    ],
  },

  haproxy: {
    path: 'haproxy/docker-entrypoint.sh',
    at: '/usr/local/bin/docker-entrypoint.sh',
    stubs: ['haproxy'],
    async holds({ box, start }) {
      await start(['-f', '/etc/haproxy.cfg'])
      await start(['haproxy', '-c'])
      expect(lines(box.calls('haproxy'))).toEqual(['-W -db -f /etc/haproxy.cfg', '-W -db -c'])
      expect((await start(['echo', 'x'])).stdout).toBe('x\n')
    },
    breakages: [
      ['haproxy -W -db', 'haproxy -W'],
      ['shift # "haproxy"', ':'],
      ['set -- haproxy "$@"\nfi\n\nif', 'fi\n\nif'],
    ],
  },

  node: {
    path: 'docker-node/docker-entrypoint.sh',
    at: '/usr/local/bin/docker-entrypoint.sh',
    stubs: ['node', 'npm'],
    before: 'mkdir /app; cd /app; : >server.js; printf "#!/bin/sh\\necho ran" >run.sh; chmod +x run.sh',
    async holds({ box, start }) {
      await start(['--version'])
      await start(['/app/server.js', 'a b'])
      await start(['npm', 'start'])
      await start(['inspect'])
      expect(lines(box.calls('node'))).toEqual(['--version', '/app/server.js a b', 'inspect'])
      expect(lines(box.calls('npm'))).toEqual(['start'])
      expect((await start(['/app/run.sh'])).stdout).toBe('ran\n')
    },
    breakages: [
      ['[ -z "$(command -v "${1}")" ]', 'false'],
      ['! [ -x "${1}" ]', 'true'],
      ['set -- node "$@"', 'set -- npm "$@"'],
    ],
  },

  registry: {
    path: 'distribution-library-image/entrypoint.sh',
    at: '/entrypoint.sh',
    stubs: ['registry'],
    async holds({ box, start }) {
      for (const words of [['/etc/config.yml'], ['serve', 'c.yaml'], ['garbage-collect', '-m'], ['--version']])
        await start(words)
      expect(lines(box.calls('registry'))).toEqual([
        'serve /etc/config.yml',
        'serve c.yaml',
        'garbage-collect -m',
        '--version',
      ])
    },
    breakages: [
      ['*.yaml|*.yml)', '*.yaml)'],
      ['registry serve "$@"', 'registry "$@"'],
      ['garbage-collect|', ''],
    ],
  },

  traefik: {
    path: 'traefik-library-image/v3.7/alpine/entrypoint.sh',
    at: '/entrypoint.sh',
    stubs: {
      traefik: ({ argv }) => ({
        exitCode: argv[2] === '--help' && argv[1] !== 'version' && argv[1] !== 'traefik' ? 1 : 0,
      }),
    },
    async holds({ box, start }) {
      await start(['version'])
      expect(lines(box.calls('traefik'))).toEqual(['version --help', 'version'])
      const shell = await start(['echo', 'hi'])
      expect(shell.stdout).toBe('hi\n')
      expect(shell.stderr).toContain("= 'echo' is not a Traefik command")
      await start(['--api'])
      expect(lines(box.calls('traefik')).at(-1)).toBe('traefik --api')
    },
    breakages: [
      ['>/dev/null 2>&1', '>/dev/null 2>&1 || true'],
      ['1>&2', ''],
      ['if [ "${1#-}" != "$1" ]', 'if false'],
    ],
  },

  'eclipse-mosquitto': {
    path: 'mosquitto/docker/2.1-alpine/docker-entrypoint.sh',
    at: '/docker-entrypoint.sh',
    stubs: ['mosquitto'],
    before: 'mkdir -p /mosquitto/data; : >/mosquitto/data/db; adduser -D -H -u 1883 mosquitto',
    async holds({ box, start, sh }) {
      await start(['mosquitto', '-c', '/x'], { user: 'mosquitto' })
      expect((await sh('stat -c %u:%g /mosquitto/data/db')).stdout).toBe('0:0\n')
      await start(['mosquitto'])
      expect((await sh('stat -c %u:%g /mosquitto/data/db')).stdout).toBe('1883:1883\n')
      await start(['mosquitto'], { env: { PUID: '5', PGID: '6' } })
      expect((await sh('stat -c %u:%g /mosquitto/data/db')).stdout).toBe('5:6\n')
      expect(lines(box.calls('mosquitto'))).toEqual(['-c /x', '', ''])
    },
    breakages: [
      ['chown -R ${PUID}:${PGID}', 'chown ${PUID}:${PGID}'],
      ['PUID="1883"', 'PUID="1000"'],
      ['exec "$@"', 'exec "$1"'],
    ],
  },

  'docker cli': {
    path: 'docker/docker-entrypoint.sh',
    at: '/usr/local/bin/docker-entrypoint.sh',
    stubs: {
      docker: ({ argv }) => ({ exitCode: argv[1] === 'help' && argv[2] !== 'ps' ? 1 : 0 }),
      dockerd: silent,
    },
    before: 'mkdir -p /certs/client; for f in ca cert key; do echo x >/certs/client/$f.pem; done',
    async holds({ box, start }) {
      await start(['ps', '-a'])
      const plain = box.calls('docker').at(-1)
      expect(plain?.argv.slice(1)).toEqual(['ps', '-a'])
      expect(plain?.env.get('DOCKER_HOST')).toBe('tcp://docker:2375')
      await start(['ps'], { env: { DOCKER_TLS_CERTDIR: '/certs' } })
      const secure = box.calls('docker').at(-1)?.env
      expect(secure?.get('DOCKER_HOST')).toBe('tcp://docker:2376')
      expect(secure?.get('DOCKER_TLS_VERIFY')).toBe('1')
      expect(secure?.get('DOCKER_CERT_PATH')).toBe('/certs/client')
      const before = box.now()
      expect((await start(['dockerd'])).stderr).toContain("It looks like you're trying to run a Docker daemon")
      expect(box.now() - before).toBe(3000)
    },
    breakages: [
      ["'tcp://docker:2376'", "'tcp://docker:2375'"],
      ['export DOCKER_TLS_VERIFY=1', ':'],
      ['sleep 3', ':'],
      ['set -- docker "$@"\nfi\n\n_should', 'fi\n\n_should'],
    ],
  },

  postgres: {
    path: 'postgres/docker-entrypoint.sh',
    at: '/usr/local/bin/docker-entrypoint.sh',
    stubs: {
      postgres: ({ argv }) => (argv[1] === '-C' ? 'scram-sha-256\n' : undefined),
      initdb:
        'for each; do case $each in --pwfile=*) cat "${each#*=}" >"$PGDATA/password";; esac; done; echo 17 >"$PGDATA/PG_VERSION"',
      pg_ctl: silent,
      psql: async call => void (await call.stdin()),
    },
    before: `mkdir -p /usr/bin /pg /var/run/postgresql /docker-entrypoint-initdb.d; [ -e /usr/bin/env ] || ln -s /bin/env /usr/bin/env
      ln -s busybox /bin/bash; adduser -D -H -u 999 postgres; chown postgres /pg /var/run/postgresql
      cd /docker-entrypoint-initdb.d; echo 'SELECT 1;' >10.sql; echo 'echo "sourced for $POSTGRES_DB"' >20.sh
      printf '#!/bin/sh\\necho "ran for $POSTGRES_USER"\\n' >30.sh; chmod +x 30.sh`,
    async holds({ box, start }) {
      const env = {
        PGDATA: '/pg',
        PG_MAJOR: '17',
        POSTGRES_PASSWORD: 's ecret',
        POSTGRES_USER: 'me',
        POSTGRES_DB: 'app',
      }
      const bare = await start(['postgres'], { user: 'postgres', env: { PGDATA: '/pg', PG_MAJOR: '17' } })
      expect(bare.exitCode).toBe(1)
      expect(bare.stderr).toContain('superuser password is not specified')
      const { stdout, exitCode } = await start(['-c', 'work_mem=1 MB'], { user: 'postgres', env })
      expect(exitCode).toBe(0)
      expect(box).toHaveFile('/pg/password', 's ecret\n')
      expect(box).toHaveFile('/pg/pg_hba.conf', /^host all all all scram-sha-256$/m)
      expect(stdout).toContain('sourced for app')
      expect(stdout).toContain('ran for me')
      expect(lines(box.calls('psql')).at(-1)).toMatch(/--dbname app -f \/docker-entrypoint-initdb.d\/10.sql$/)
      expect(await box.calls('psql')[1]?.stdin()).toContain('CREATE DATABASE :"db"')
      expect(lines(box.calls('pg_ctl')).map(each => each.split(' ').at(-1))).toEqual(['start', 'stop'])
      expect(box.calls('postgres').at(-1)?.argv.slice(1)).toEqual(['-c', 'work_mem=1 MB'])
      const again = await start(['postgres'], { user: 'postgres', env })
      expect(again.stdout).toContain('Skipping initialization')
      expect(lines(box.calls('pg_ctl'))).toHaveLength(2)
    },
    breakages: [
      ['printf "%s\\n" "$POSTGRES_PASSWORD"', 'printf "%s\\n" $POSTGRES_PASSWORD'],
      ['docker_verify_minimum_env\n\t\t\tdocker_error', 'docker_error'],
      ['host all all all %s', 'host all all 127.0.0.1/32 %s'],
      ['docker_temp_server_stop\n\t\t\tunset', 'unset'],
      ['if [ -s "$PGDATA/PG_VERSION" ]', 'if [ -s "$PGDATA/VERSION" ]'],
      ['. "$f"', ':'],
    ],
  },

  'wordpress cli': {
    path: 'wordpress/cli-entrypoint.sh',
    at: '/usr/local/bin/docker-entrypoint.sh',
    stubs: { wp: ({ argv }) => ({ exitCode: argv[1] === 'help' && argv[2] !== 'core' ? 1 : 0 }) },
    async holds({ box, start }) {
      await start(['core', 'version'])
      await start(['--info'])
      expect(lines(box.calls('wp'))).toEqual(['help core', 'core version', '--info'])
      expect((await start(['echo', 'x'])).stdout).toBe('x\n')
    },
    breakages: [
      ['wp help "$1"', 'wp "$1"'],
      ['set -- wp "$@"', 'set -- wp "$1"'],
      ['"${1#-}" != "$1"', '-n ""'],
    ],
  },
}

function sourceOf({ path }: Entrypoint): string | undefined {
  const file = folder === undefined ? undefined : join(folder, path)
  return file !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

for (const [name, entrypoint] of Object.entries(ENTRYPOINTS)) {
  const source = sourceOf(entrypoint)
  const why = folder === undefined ? 'COWBOX_ENTRYPOINTS is not set' : `no ${entrypoint.path} there`
  describe.skipIf(source === undefined)(source === undefined ? `${name} (skipped: ${why})` : name, () => {
    test('does what it is for', async ({ run }) => {
      await entrypoint.holds(await prepare(entrypoint, source ?? '', run))
    })

    test.for(entrypoint.breakages)('a broken one is caught: %j', async ([from, to], { run }) => {
      const broken = (source ?? '').replace(from, to)
      expect(broken, 'the breakage changes nothing').not.toBe(source)
      const session = await prepare(entrypoint, broken, run)
      await expect(entrypoint.holds(session)).rejects.toThrow()
    })
  })
}

type Run = (cmd: readonly string[], how: object) => Promise<Box>

async function prepare(entrypoint: Entrypoint, script: string, run: Run): Promise<Session> {
  const { at, beside = {}, before = '', stubs } = entrypoint
  const given = Array.isArray(stubs) ? Object.fromEntries(stubs.map((each: string) => [each, silent])) : stubs
  const box = await run(['sleep', 'inf'], { entrypoint: [], stubs: given, workingDirectory: '/data' })
  const sh = (text: string) => box.exec(['sh', '-c', text])
  const places = [at, ...Object.values(beside)].map(path => path.slice(0, path.lastIndexOf('/')) || '/')
  await sh(`mkdir -p ${places.join(' ')}`)
  box.files.write(at, script, 0o755)
  for (const [file, path] of Object.entries(beside)) {
    const own = join(folder ?? '', entrypoint.path, '..', file)
    box.files.write(path, readFileSync(own, 'utf8'), 0o755)
  }
  const prepared = await sh(before)
  expect(prepared.stderr).toBe('')
  return {
    box,
    sh,
    start: (words, { env = {}, user } = {}) =>
      box.exec([at, ...words], {
        env: Object.entries(env).map(([key, value]) => `${key}=${value}`),
        ...(user === undefined ? {} : { user }),
      }),
  }
}
