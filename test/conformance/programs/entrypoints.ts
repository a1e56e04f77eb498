// The entrypoints of official images, whose commands only record how they were called.

import type { Judge, RealProgram } from './program.ts'

interface Entrypoint {
  /** The script's folder among the checkouts' `images`, and its name. */
  readonly path: string
  /** Commands that record their arguments and answer 0. */
  readonly recorded: readonly string[]
  /** Prepares the files it looks for. */
  readonly before?: string
  /** Each a command line that calls `entrypoint`. */
  readonly runs: readonly string[]
  /** What it may have changed, shown at the end. */
  readonly after?: string
  readonly bash?: true
  /** A script for /bin/sh where that is bash, or where dash cannot read it and ash prefers its own commands to the recorders. */
  readonly judge?: 'bash'
}

const NGINX = [
  'mkdir -p /docker-entrypoint.d /etc/nginx/conf.d /etc/nginx/templates/sub',
  // Whether there is IPv6 is the kernel's to say, so 10-listen-on-ipv6 is left out.
  'cp 15-* 20-* 30-* /docker-entrypoint.d/; chmod +x /docker-entrypoint.d/*; rm -f /etc/nginx/conf.d/*',
  'echo x >/docker-entrypoint.d/40-plain.sh; echo y >/docker-entrypoint.d/50-other.txt',
  "printf 'server {\\n    listen       80;\\n}\\n' >/etc/nginx/conf.d/default.conf",
  "printf 'worker_processes  1;\\nhttp {\\n}\\n' >/etc/nginx/nginx.conf",
  `printf 'listen \${PORT};\\n' >/etc/nginx/templates/site.conf.template; mv /etc/nginx/templates/site.conf.template /etc/nginx/templates/sub/b.template`,
  "echo 'ID=debian' >/etc/os-release; echo 'nameserver 10.0.0.1\nnameserver fe80::1' >/etc/resolv.conf",
  'answer getconf "echo 4"; answer envsubst "sed \'s/[$]{PORT}/\'$PORT\'/\'"; answer dpkg-query "echo \' etc/nginx/conf.d/default.conf 0\'"',
].join('\n')

const SQL = [
  'mkdir -p /docker-entrypoint-initdb.d; cd /docker-entrypoint-initdb.d; rm -f *',
  "echo 'SELECT 1;' >1.sql; echo 'echo sourced $0' >2.sh; printf '#!/bin/sh\\necho ran $0\\n' >3.sh; chmod +x 3.sh",
  "echo 'SELECT 2;' | gzip >4.sql.gz; echo n >5.txt; cd - >/dev/null",
].join('\n')

const ENTRYPOINTS: Readonly<Record<string, Entrypoint>> = {
  redis: {
    path: 'redis/docker-entrypoint.sh',
    recorded: ['redis-server', 'redis-cli', 'chown'],
    before: 'mkdir -p data; cd data; : >a; : >"b c"',
    runs: ['redis-server', '--port 1', 'my.conf "a b"', 'redis-cli ping', 'sh -c "umask; echo \\$0"', ''],
  },
  nginx: {
    path: 'docker-nginx/entrypoint/docker-entrypoint.sh',
    recorded: ['nginx', 'nginx-debug'],
    before: NGINX,
    runs: ['nginx -g "daemon off;"', 'nginx-debug x', 'echo other', ''],
    after:
      'cat /etc/nginx/conf.d/default.conf /etc/nginx/conf.d/sub/b; sed "s/ on \'.*/ on DATE/" /etc/nginx/nginx.conf',
  },
  'nginx 20': {
    path: 'docker-nginx/entrypoint/20-envsubst-on-templates.sh',
    recorded: [],
    before: `${NGINX}; echo 'stream \${PORT}' >/etc/nginx/templates/s.stream-template; echo keep >/etc/nginx/templates/x.tpl`,
    runs: ['', 'x'],
    after:
      'sed "s/on .*/on DATE/" /etc/nginx/nginx.conf; cat /etc/nginx/stream-conf.d/s; NGINX_ENVSUBST_TEMPLATE_SUFFIX=.tpl NGINX_ENTRYPOINT_QUIET_LOGS=1 entrypoint; find /etc/nginx/conf.d | sort',
  },
  'nginx 30': {
    path: 'docker-nginx/entrypoint/30-tune-worker-processes.sh',
    recorded: [],
    before: `${NGINX}; export NGINX_ENTRYPOINT_WORKER_PROCESSES_AUTOTUNE=1`,
    runs: [''],
    after:
      "sed 's/ on .*/ on DATE/; s/^worker_processes [0-9]*;/worker_processes N;/' /etc/nginx/nginx.conf; cat /etc/nginx/nginx.conf.bak",
  },
  httpd: {
    path: 'httpd/2.4/httpd-foreground',
    recorded: ['httpd'],
    before: 'mkdir -p /usr/local/apache2/logs; : >/usr/local/apache2/logs/httpd.pid',
    runs: ['', '-v -e "x y"'],
    after: 'ls /usr/local/apache2/logs',
  },
  php: {
    path: 'php/docker-php-entrypoint',
    recorded: ['php', 'php-fpm'],
    runs: ['-a', 'php-fpm', '-r "echo 1;"', 'sh -c "echo \\"\\$@\\"" x y', ''],
  },
  memcached: {
    path: 'memcached/docker-entrypoint.sh',
    recorded: ['memcached'],
    runs: ['-m 64', 'memcached', '--x=" a"', 'sh -c "exit 3"'],
  },
  haproxy: {
    path: 'haproxy/docker-entrypoint.sh',
    recorded: ['haproxy'],
    runs: ['-f /x', 'haproxy -c', 'haproxy', 'echo -n x'],
  },
  node: {
    path: 'docker-node/docker-entrypoint.sh',
    recorded: ['node', 'npm'],
    before: ': >app.js; printf "#!/bin/sh\\necho ran\\n" >run.sh; chmod +x run.sh',
    runs: ['app.js', '-e 1', 'npm start', './app.js x', './run.sh', 'nosuch', 'echo x', ''],
  },
  registry: {
    path: 'distribution-library-image/entrypoint.sh',
    recorded: ['registry'],
    runs: ['/etc/x.yml', 'serve c', 'garbage-collect --x', '-v', 'a.yaml b', 'help', 'echo y'],
  },
  traefik: {
    path: 'traefik-library-image/v3.7/alpine/entrypoint.sh',
    recorded: [],
    before:
      'answer traefik \'case $1:$2 in version:--help|traefik:--help) exit 0;; *:--help) exit 1;; esac; record traefik "$@"\'',
    runs: ['--api', 'version', 'traefik', 'echo hi', ''],
  },
  'mosquitto 2.1': {
    path: 'mosquitto/docker/2.1-alpine/docker-entrypoint.sh',
    recorded: ['chown', 'mosquitto'],
    before: 'mkdir -p /mosquitto/data',
    runs: ['mosquitto -c x', 'echo "a  b"'],
    after:
      'PUID=5 PGID= entrypoint mosquitto; FAKE_UID=7 entrypoint mosquitto; rmdir /mosquitto/data; entrypoint mosquitto',
  },
  'mosquitto 2.0': {
    path: 'mosquitto/docker/2.0-openssl/docker-entrypoint.sh',
    recorded: ['chown', 'mosquitto'],
    before: 'mkdir -p /mosquitto',
    runs: ['mosquitto', 'false'],
  },
  'docker cli': {
    path: 'docker/docker-entrypoint.sh',
    recorded: ['sleep', 'dockerd'],
    before:
      'export RECORD_ENV="^(DOCKER|XDG)"; answer docker \'case $1$2 in helpps) exit 0;; help*) exit 1;; esac; record docker "$@"\'; mkdir -p tls/client; for f in ca cert key; do echo x >tls/client/$f.pem; done',
    runs: ['ps -a', '-v', 'dockerd', 'dockerd --x', 'sh -c "echo \\$DOCKER_HOST"'],
    after:
      'DOCKER_TLS_CERTDIR=tls entrypoint ps; DOCKER_HOST=tcp://x entrypoint ps; DOCKER_TLS_VERIFY=1 entrypoint ps; DOCKER_HOST=tcp://x DOCKER_TLS_CERTDIR=tls entrypoint ps; entrypoint',
  },
  dockerd: {
    path: 'docker/dockerd-entrypoint.sh',
    recorded: [
      'docker-init',
      'modprobe',
      'openssl',
      'iptables',
      'ip',
      'docker-entrypoint.sh',
      'rootlesskit',
      'hostname',
    ],
    before: 'export RECORD_ENV="^DOCKER"; : >/run/docker.pid',
    runs: ['', '--debug', 'dockerd -H x', 'ps', 'echo x'],
    after:
      'DOCKER_TLS_CERTDIR=$PWD/certs entrypoint; find certs | sort; for d in ca server client; do echo k >certs/$d/key.pem; done; DOCKER_TLS_CERTDIR=$PWD/certs entrypoint; cat certs/server/openssl.cnf; FAKE_UID=9 entrypoint; DOCKER_IPTABLES_LEGACY=1 entrypoint; DOCKER_IPTABLES_LEGACY= DOCKER_HOST=unix://s entrypoint; ls /run/docker.pid',
  },
  'wordpress cli': {
    path: 'wordpress/cli-entrypoint.sh',
    recorded: [],
    before: 'answer wp \'case $1$2 in helpcore) exit 0;; help*) exit 1;; esac; record wp "$@"\'',
    runs: ['core version', '--info', 'echo x', ''],
  },
  consul: {
    path: 'docker-consul/ubi/docker-entrypoint.sh',
    recorded: [],
    before:
      'mkdir -p /consul/config; answer consul \'[ "$1" = --help ] && { echo "Usage: consul members"; exit; }; record consul "$@"\'; answer ip \'echo "1: eth0    inet 10.1.2.3/16 brd x"\'',
    runs: ['agent -dev', 'members', 'version', '-x', 'echo y'],
    after:
      'CONSUL_BIND_INTERFACE=eth0 CONSUL_CLIENT_INTERFACE=eth1 CONSUL_LOCAL_CONFIG=\'{"a": "b\\\\n"}\' entrypoint agent; cat /consul/config/local.json; answer ip :; CONSUL_BIND_INTERFACE=eth0 entrypoint agent',
    judge: 'bash',
  },
  telegraf: {
    path: 'influxdata-docker/telegraf/nightly/alpine/entrypoint.sh',
    recorded: ['telegraf', 'setcap', 'setpriv'],
    before: 'export RECORD_ENV="^HOME="; answer getent "echo telegraf:x:100:101::/home/tele:/bin/sh"',
    runs: ['-c x', 'telegraf --config y', 'echo z'],
    after: 'FAKE_UID=3 entrypoint -c x; FAKE_UID=3 entrypoint echo "q  r"',
    judge: 'bash',
  },
  kapacitor: {
    path: 'influxdata-docker/kapacitor/1.8/alpine/entrypoint.sh',
    recorded: ['kapacitord', 'setpriv'],
    before: 'export RECORD_ENV="^KAPACITOR"; answer hostname "echo host1"',
    runs: ['kapacitord', '-config x', 'echo z'],
    judge: 'bash',
  },
  chronograf: {
    path: 'influxdata-docker/chronograf/1.11/alpine/entrypoint.sh',
    recorded: ['chronograf', 'chown', 'setpriv'],
    before: 'export RECORD_ENV="^BOLT"',
    runs: ['chronograf', '--x', 'echo z'],
    judge: 'bash',
  },
  rabbitmq: {
    path: 'rabbitmq/docker-entrypoint.sh',
    recorded: ['rabbitmq-server', 'rabbitmqctl', 'chown'],
    before:
      'export RECORD_ENV="^RABBIT"; mkdir -p /var/lib/rabbitmq; : >/var/lib/rabbitmq/f; answer hostname \'case $1 in -s) echo h;; *) echo h.dom;; esac\'',
    runs: ['rabbitmq-server', 'rabbitmqctl x', 'echo hi'],
    after:
      'RABBITMQ_SSL_KEYFILE=x RABBITMQ_SSL_VERIFY=y entrypoint rabbitmq-server; FAKE_UID=5 RABBITMQ_USE_LONGNAME=no entrypoint rabbitmq-server',
    bash: true,
  },
  postgres: {
    path: 'postgres/docker-entrypoint.sh',
    recorded: ['psql', 'initdb', 'pg_ctl', 'chown'],
    before: `${SQL}
export PGDATA=$PWD/pg PG_MAJOR=17 RECORD_ENV='^(PG|POSTGRES)'
answer postgres '[ "$1" = -C ] && { echo scram-sha-256; exit; }; record postgres "$@"'`,
    runs: ['postgres', '--version', 'postgres --help', 'echo x'],
    after: `POSTGRES_PASSWORD=secret entrypoint postgres -c a='b c'; cat pg/pg_hba.conf; ls -l pg | wc -l
printf from-file >pw; rm -rf pg; POSTGRES_PASSWORD_FILE=$PWD/pw POSTGRES_USER=me POSTGRES_DB=db POSTGRES_INITDB_ARGS='--x "y z"' POSTGRES_INITDB_WALDIR=$PWD/wal entrypoint postgres
POSTGRES_PASSWORD=a POSTGRES_PASSWORD_FILE=b entrypoint postgres; rm -rf pg; POSTGRES_HOST_AUTH_METHOD=trust entrypoint -p 1; echo 17 >pg/PG_VERSION; entrypoint postgres
export PG_MAJOR=18 PGDATA=/var/lib/postgresql/18/docker; mkdir -p /var/lib/postgresql/data; echo 9 >/var/lib/postgresql/data/PG_VERSION; POSTGRES_PASSWORD=x entrypoint postgres`,
    bash: true,
  },
  mysql: {
    path: 'mysql/docker-entrypoint.sh',
    // find, which prefers busybox's own chown to a recorder.
    recorded: ['mysqladmin', 'chown', 'find', 'mysql_tzinfo_to_sql', 'mysql_ssl_rsa_setup', 'mysql_upgrade'],
    before: `${SQL}
export RECORD_ENV='^MYSQL'; mkdir -p /var/lib/mysql; rm -rf /var/lib/mysql/*
answer date 'echo NOW'; echo mysql:x:999:999::/:/bin/sh >>/etc/passwd; echo mysql:x:999: >>/etc/group
answer mysqld 'case "$*" in *--verbose*--help*) printf "datadir %s\\nsocket /tmp/s.sock\\npid-file /tmp/p.pid\\n" "$DATADIR" | sort;; *--version*) echo Ver 8.4;; *) record mysqld "$@";; esac'
answer mysql 'record mysql "$@"; cat >>"$RECORDED"'; export DATADIR=/var/lib/mysql/`,
    runs: ['mysqld', '--version', 'mysqld --help', 'echo x'],
    after: `MYSQL_ROOT_PASSWORD='p"w'"'"'d' MYSQL_DATABASE=d_b MYSQL_USER=u MYSQL_PASSWORD='x y' MYSQL_ROOT_HOST=% MYSQL_INITDB_SKIP_TZINFO=1 entrypoint mysqld --a=b
rm -rf /var/lib/mysql/*; MYSQL_ALLOW_EMPTY_PASSWORD=1 MYSQL_INITDB_SKIP_TZINFO=1 MYSQL_USER=root entrypoint --character-set-server=utf8; mkdir /var/lib/mysql/mysql; entrypoint mysqld
printf f >pw; rm -rf /var/lib/mysql/*; MYSQL_ROOT_PASSWORD_FILE=$PWD/pw MYSQL_ONETIME_PASSWORD=1 MYSQL_INITDB_SKIP_TZINFO=1 entrypoint mysqld`,
    bash: true,
  },
  mongo: {
    path: 'mongo/docker-entrypoint.sh',
    recorded: ['numactl', 'chown', 'openssl', 'mongos'],
    before: `${SQL}; export RECORD_ENV='^MONGO'; mkdir -p /data/db /data/configdb; rm -rf /data/db/*; echo 'db.x()' >/docker-entrypoint-initdb.d/6.js
answer dpkg 'echo arm64'
answer mongod 'case "$*" in *--help*) echo "--networkMessageCompressors --x";; *) record mongod "$@";; esac'
answer mongosh 'record mongosh "$@"; cat >>"$RECORDED"'; answer jq 'cat; exit 1'`,
    runs: ['mongod', '--version', 'mongod --help', 'echo x', 'mongos -a'],
    after: `FAKE_UID=9 MONGO_INITDB_ROOT_USERNAME=u entrypoint mongod; FAKE_UID=9 MONGO_INITDB_ROOT_USERNAME=u MONGO_INITDB_ROOT_PASSWORD='p"' entrypoint mongod --replSet r --auth --port=5`,
    bash: true,
  },
  wordpress: {
    path: 'wordpress/docker-entrypoint.sh',
    recorded: ['apache2-foreground', 'php-fpm', 'chown', 'apache2'],
    before: `mkdir -p /usr/src/wordpress/wp-content/plugins/akismet /usr/src/wordpress/wp-content/themes www
echo '<?php' >/usr/src/wordpress/index.php; : >/usr/src/wordpress/.htaccess; : >/usr/src/wordpress/wp-content/plugins/akismet/a.php
echo "getenv_docker('K', 'put your unique phrase here');" >/usr/src/wordpress/wp-config-docker.php; cd www
answer tar 'for each; do shift; case $each in --owner|--group) drop=1;; --no-overwrite-dir) ;; *) [ "$drop" ] || set -- "$@" "$each"; drop=;; esac; done; exec /bin/tar "$@"'`,
    runs: ['php-fpm', 'apache2-foreground', 'echo x'],
    after:
      'find . | sort; cd ..; mkdir www2; cd www2; WORDPRESS_DB_HOST=h FAKE_UID=4 entrypoint php-fpm; find . | sort; sed "s/[0-9a-f]\\{40\\}/HASH/" wp-config.php',
    bash: true,
  },
  cassandra: {
    path: 'cassandra/docker-entrypoint.sh',
    recorded: ['cassandra', 'chown'],
    before: `mkdir -p conf; export CASSANDRA_CONF=$PWD/conf RECORD_ENV='^CASSANDRA_'; answer hostname 'echo 10.0.0.5'
printf 'cluster_name: x\\n# num_tokens: 1\\nlisten_address: localhost\\n          - seeds: "a"\\n' >conf/cassandra.yaml; printf 'dc=d\\nrack=r\\n' >conf/cassandra-rackdc.properties`,
    runs: ['-f', 'cassandra -R', 'echo x'],
    after: `FAKE_UID=4 CASSANDRA_NUM_TOKENS=5 CASSANDRA_CLUSTER_NAME='a/b&c' CASSANDRA_DC=dc1 CASSANDRA_SEEDS=s1,s2 entrypoint cassandra; cat conf/*`,
    bash: true,
  },
  redmine: {
    path: 'redmine/docker-entrypoint.sh',
    // find: GNU's alone has the comma that the script joins its tests with.
    recorded: ['rails', 'rake', 'bundle', 'chown', 'passenger', 'find'],
    before: `export RECORD_ENV='^(REDMINE|RAILS|SECRET)'; mkdir -p config db files log public/plugin_assets tmp/pids plugins; : >Gemfile.lock; : >Gemfile`,
    runs: ['rails server', 'passenger start', 'echo x'],
    after: `export FAKE_UID=4; REDMINE_DB_MYSQL=m REDMINE_DB_PASSWORD=p REDMINE_SECRET_KEY_BASE=k entrypoint rails server; cat config/*; rm config/*; REDMINE_DB_POSTGRES=p REDMINE_PLUGINS_MIGRATE=1 entrypoint rails server; cat config/*; rm config/*; entrypoint rake x; cat config/*`,
    bash: true,
  },
  ghost: {
    path: 'ghost/docker-entrypoint.sh',
    recorded: ['node', 'chown'],
    before: `mkdir -p content.orig/themes/casper content; : >content.orig/themes/casper/f; export GHOST_INSTALL=$PWD GHOST_CONTENT=$PWD/content`,
    runs: ['node x', 'echo x'],
    after:
      'FAKE_UID=4 entrypoint node current/index.js; find content | sort; FAKE_UID=4 entrypoint node current/index.js',
    bash: true,
  },
}

/** What the recorders are, how a script is called, and how a command is given an answer of its own. */
const PRELUDE = `
mkdir -p /usr/bin; [ -e /usr/bin/find ] || ln -s /bin/find /usr/bin/find
mkdir -p /usr/local/bin; export PATH=/usr/local/bin:$PATH RECORDED=$PWD/recorded RECORD_ENV='^NONE'; : >"$RECORDED"
answer() { printf '#!/bin/sh\\n%s\\n' "$2" >"/usr/local/bin/$1"; chmod +x "/usr/local/bin/$1"; }
answer record '{ printf "%s" "$1"; shift; for each; do printf " [%s]" "$each"; done; echo " umask=$(umask)"; env | grep -E "$RECORD_ENV" | sort; } >>"$RECORDED"'
answer gosu 'user=$1; shift; record gosu "$user" "$@"; FAKE_UID=999 exec "$@"'
answer id 'case $1 in -u) echo \${FAKE_UID:-0};; -un) echo user;; -g) echo 0;; *) echo "0 5";; esac'
`

export function entrypoints(): RealProgram[] {
  return Object.entries(ENTRYPOINTS).map(([image, entrypoint]) => ({
    name: `entrypoint ${image}`,
    checkout: `images/${entrypoint.path.split('/')[0]}`,
    script: scriptOf(entrypoint),
    ...(entrypoint.bash || entrypoint.judge ? { judges: ['bash'] satisfies readonly Judge[] } : {}),
    ...(entrypoint.bash ? { shell: 'bash' } : {}),
    steady,
  }))
}

/** dash names a line without saying `line`; a process number is the system's to choose. */
function steady(output: string): string {
  return output
    .replace(/: (?:exec: )?(?:line )?(\d+): (?:exec: |syntax error: )?/g, ': $1: ')
    .replace(/\/proc\/\d+\//g, '/proc/PID/')
    .replace('Bad substitution', 'bad substitution')
}

function scriptOf({ path, recorded, before = '', runs, after = '', bash }: Entrypoint): string {
  const at = path.lastIndexOf('/')
  const called = `entrypoint() { echo "== $*" >>"$RECORDED"; "$script" "$@" </dev/null; echo "status $?"; }`
  const recorders = recorded.map(name => `answer ${name} 'record ${name} "$@"'`).join('\n')
  // The interpreter that the first line names is the shell that is looked at, wherever the image has it.
  const shell = `sed -i '1s|.*|#!/bin/${bash ? 'bash' : 'sh'}|' ${path.slice(at + 1)}`
  return [
    PRELUDE,
    recorders,
    `cd images/${path.slice(0, at)}; ${shell}; chmod +x *; script=$PWD/${path.slice(at + 1)}`,
    '{',
    before,
    called,
    ...runs.map(words => `entrypoint ${words}`),
    after,
    '} 2>&1',
    'cat "$RECORDED"',
  ].join('\n')
}
