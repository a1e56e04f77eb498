// Layers for the comparison with other clients: each feature of the archive formats and of OCI's layers once, written by GNU
// tar where it can, by our writer where it cannot.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encode } from '../../../lib/bytes.ts'
import { type NewTarEntry, writeTar } from '../../../lib/tar.ts'
import { directory, file, hardlink, symlink } from '../tree.ts'
import { sh } from './tools.ts'

export interface Fixture {
  readonly name: string
  /** Plain archives, the lowest first. */
  readonly layers: readonly string[]
  /** GNU's sparse files: umoci 0.4.7 does not unpack all of their forms, and podman 4.3 and docker 20.10 fail to save them again. */
  readonly isSparse?: boolean
}

const TIME = 1_700_000_000_000_000_000n
const LONG = `${'directory-'.repeat(9)}/${'name-'.repeat(45)}`

/** In a folder that only root can fill: there are devices among them. */
export function makeFixtures(top: string): Fixture[] {
  const fixtures: Fixture[] = []
  for (const format of ['v7', 'ustar', 'oldgnu', 'gnu', 'pax']) fixtures.push(byTar(top, format))
  for (const version of ['0.0', '0.1', '1.0']) fixtures.push(sparse(top, `pax --sparse-version=${version}`))
  fixtures.push(sparse(top, 'gnu'))
  for (const [name, layers] of Object.entries(WRITTEN)) {
    const paths = layers.map((entries, index) => {
      const path = join(top, `${name}-${index}.tar`)
      writeFileSync(path, writeTar(entries))
      return path
    })
    fixtures.push({ name, layers: paths })
  }
  return fixtures
}

function byTar(top: string, format: string): Fixture {
  const source = join(top, `source-${format}`)
  mkdirSync(source)
  // What old V7 has no field for: devices and long names; ustar: the longest ones; only pax has attributes.
  const hasDevices = format !== 'v7'
  const hasLong = format !== 'v7' && format !== 'ustar'
  sh(
    `set -e; cd "$1"; mkdir -p a/b; printf one >a/one; ln a/one a/b/same; ln -s ../one a/b/link; : >empty
    printf sticky >s; chmod 7755 s; mkdir -m 1777 tmp; mkdir -m 700 private; chown 1000:1000 a/one; printf u >'ümläut "x"'
    ${hasDevices ? 'mkfifo -m 640 fifo; mknod -m 620 char c 5 1; mknod -m 660 block b 8 17' : ''}
    ${hasLong ? `mkdir -p '${LONG.split('/')[0]}'; printf long >'${LONG}'; ln -s '${LONG}' longlink` : ''}
    ${format === 'pax' ? 'setfattr -n user.comment -v "some text" a/one; setfattr -n user.binary -v 0x00ff0a a' : ''}
    ${format === 'pax' ? 'touch -d "2023-11-14 22:13:20.123456789" a/one' : ''}`,
    source,
  )
  const layer = join(top, `${format}.tar`)
  const options = format === 'pax' ? '--xattrs --xattrs-include="*"' : ''
  sh(`tar -C "$1" --format=${format} --numeric-owner --sort=name ${options} -cf "$2" .`, source, layer)
  return { name: `tar-${format}`, layers: [layer] }
}

function sparse(top: string, format: string): Fixture {
  const name = `sparse-${format.replace(/[^a-z0-9]+/g, '-')}`
  const source = join(top, name)
  mkdirSync(source)
  sh(
    `cd "$1"; truncate -s 3000000 holes; for at in 0 70000 1500000; do printf "data $at" | dd of=holes bs=1 seek=$at conv=notrunc 2>/dev/null; done
    truncate -s 100000 hole; truncate -s 1000000 many; for i in $(seq 0 30); do printf x | dd of=many bs=1 seek=$((i*30000)) conv=notrunc 2>/dev/null; done`,
    source,
  )
  const layer = join(top, `${name}.tar`)
  sh(`tar -C "$1" --format=${format} --sparse --numeric-owner --sort=name -cf "$2" .`, source, layer)
  return { name, layers: [layer], isSparse: true }
}

const at = (entry: NewTarEntry): NewTarEntry => ({ mtime: TIME, ...entry })

const WRITTEN: Readonly<Record<string, readonly (readonly NewTarEntry[])[]>> = {
  whiteouts: [
    [
      directory('d'),
      file('d/gone', 'x'),
      file('d/kept', 'k'),
      directory('d/below'),
      file('d/below/f', 'x'),
      directory('o'),
      file('o/hidden', 'h'),
      file('top', 't'),
    ].map(at),
    [file('d/.wh.gone', ''), file('d/.wh.below', ''), file('.wh.top', '')].map(at),
    [directory('o'), file('o/.wh..wh..opq', ''), file('o/new', 'n')].map(at),
  ],
  kinds: [
    [
      file('file', 'f'),
      directory('folder'),
      file('folder/in', 'i'),
      symlink('link', 'file'),
      directory('same', { mode: 0o700 }),
    ].map(at),
    [directory('file'), file('file/now', 'n'), file('folder', 'now a file'), file('link', 'now a file')].map(at),
    [directory('same', { mode: 0o755, uid: 7, gid: 8 }), file('file/later', 'l'), symlink('folder', 'same')].map(at),
  ],
  'links-across-layers': [
    [directory('d'), file('d/one', 'one', { mode: 0o640, uid: 3 })].map(at),
    // With the owner and the mode of what they name, as tar writes them: podman and docker set what a link's header says.
    [hardlink('two', 'd/one', { mode: 0o640, uid: 3 }), hardlink('d/three', 'two', { mode: 0o640, uid: 3 })].map(at),
    [file('d/one', 'changed')].map(at),
  ],
  attributes: [
    [
      file('f', 'f', {
        attributes: new Map([
          ['user.text', encode('t')],
          ['user.empty', new Uint8Array(0)],
        ]),
      }),
      file('capable', 'c', { mode: 0o755, attributes: new Map([['security.capability', CAPABILITY()]]) }),
    ].map(at),
    [directory('d', { attributes: new Map([['user.of', Uint8Array.of(0, 1, 255)]]) })].map(at),
  ],
  owners: [
    [
      file('large', 'l', { uid: 3_000_000, gid: 4_000_000_000 }),
      directory('d', { uid: 65534, gid: 65534, mode: 0o2770 }),
    ].map(at),
  ],
  empty: [[], [file('only', 'o')].map(at), []],
}

/** cap_net_bind_service=ep, as the kernel stores it (linux/capability.h, version 2). */
function CAPABILITY(): Uint8Array {
  return Uint8Array.of(1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
}
