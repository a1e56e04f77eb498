// The commands that nearly every script uses (tiers 1 and 2), and which of their options no transcript can show.

const NAMES =
  'echo rm grep sed mkdir true printf cat awk cut dirname chmod find tr mktemp sort readlink cp xargs test ln chown ' +
  'basename mv tar sha256sum rmdir touch date pwd wc sleep head ls tail uname tee id stat expr false kill seq gzip ' +
  'md5sum realpath hostname uniq env timeout gunzip ps whoami df du wget nproc which adduser addgroup install getopt ' +
  'mount diff cmp su dd patch sha512sum unzip base64 chgrp sha1sum sync comm mkfifo xzcat tac xz bzip2 cpio pidof ' +
  'flock od paste yes bc bunzip2 hexdump shuf tty zcat delgroup free killall pgrep pkill rev tree truncate unlink ' +
  'unxz xxd bzcat cksum deluser fold groups link nl printenv split strings time usleep'

export const COMMON: ReadonlySet<string> = new Set(NAMES.split(' '))

/** What commands that read their words themselves take for options; `bs=` with a value behind it. */
export const WORDS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    chmod: '-R -c -v -f',
    dd: 'if= of= bs= ibs= obs= count= skip= seek= iseek= oseek= conv= iflag= oflag= status=',
    echo: '-n -e -E',
    find:
      '-name -iname -path -wholename -ipath -regex -type -perm -mtime -atime -ctime -mmin -amin -cmin -newer -samefile ' +
      '-inum -links -user -group -size -empty -true -false -nouser -nogroup -executable -print -print0 -prune -quit ' +
      '-delete -exec -ok -maxdepth -mindepth -depth -follow -xdev -mount -o -or -a -and ! -not',
    kill: '-l -s -n',
    killall: '-l -q',
    pkill: '-f -n -o -v -x -s -P -l',
    seq: '-w -s',
    test:
      '-e -f -d -L -h -r -w -x -s -z -n -b -c -p -S -u -g -k -O -G -t -nt -ot -ef -eq -ne -lt -le -gt -ge = == != < > ' +
      '! -a -o',
  }).map(([name, words]) => [name, words.split(' ')]),
)

const NEWER = 'it is newer than the builds of busybox that are compared with'

const APART: readonly (readonly [command: string, options: string, why: string])[] = [
  ['dd', 'iseek= oseek=', NEWER],
  ['find', '-true -false -nouser -nogroup -mount', NEWER],
  ['grep', '-G', "it is GNU's, for scripts that say what is so anyhow"],
  ['hostname', '-i -d -f -s', 'the real one asks the network for the name of the machine'],
  ['install', '-s', 'there is no strip that both could run'],
  ['kill', '-n', "it is bash's"],
  ['ls', '-U', NEWER],
  ['mount', '-a', 'a container has no /etc/fstab'],
  ['sed', '-s -z', NEWER],
  ['tree', '-a', NEWER],
  ['unzip', '-K', 'files that are made by root keep all bits with it or without'],
  ['xargs', '-L', NEWER],
  ['xargs', '-p', 'it asks on a terminal'],
]

/** `command option`: why the real busybox cannot be the judge of it. */
export const NOT_COMPARED: ReadonlyMap<string, string> = new Map(
  APART.flatMap(([command, options, why]) => options.split(' ').map(option => [`${command} ${option}`, why] as const)),
)
