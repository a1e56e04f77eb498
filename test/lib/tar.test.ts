import { spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decode, EMPTY, encode, equalBytes } from '../../lib/bytes.ts'
import {
  type NewTarEntry,
  readTar,
  readTarStream,
  type TarEntry,
  TarError,
  type TarKind,
  writeTar,
} from '../../lib/tar.ts'

const long = 'a-name-of-some-length/'.repeat(14)

const EVERYTHING: readonly NewTarEntry[] = [
  { path: 'directory', kind: 'directory', mode: 0o1777, uid: 1, gid: 2, mtime: 1_700_000_000_000_000_000n },
  {
    path: 'directory/file',
    kind: 'file',
    mode: 0o4755,
    contents: encode('contents\n'),
    userName: 'root',
    groupName: 'wheel',
  },
  { path: 'directory/empty', kind: 'file', mode: 0o600 },
  { path: 'hard', kind: 'hardlink', mode: 0o4755, link: 'directory/file' },
  { path: 'soft', kind: 'symlink', mode: 0o777, link: '../elsewhere/ä' },
  { path: 'fifo', kind: 'fifo', mode: 0o644 },
  { path: 'null', kind: 'character', mode: 0o666, device: 256 + 3 },
  { path: 'disk', kind: 'block', mode: 0o660, device: 8 * 256 + 17 },
  { path: 'ümläut ☂', kind: 'file', mode: 0o644, contents: encode('x'.repeat(1000)) },
  { path: `prefix-${'p'.repeat(90)}/name-${'n'.repeat(80)}`, kind: 'file', mode: 0o644, contents: encode('prefix') },
  { path: `${long}leaf`, kind: 'file', mode: 0o644, contents: encode('long') },
  { path: `${long}links/soft`, kind: 'symlink', mode: 0o777, link: `/${long}target` },
  { path: 'n'.repeat(300), kind: 'directory', mode: 0o755 },
  { path: 'late', kind: 'file', mode: 0o644, mtime: 1_700_000_000_123_456_789n },
  { path: 'early', kind: 'file', mode: 0o644, mtime: -1_500_000_000n },
  { path: 'far', kind: 'file', mode: 0o644, mtime: 9_000_000_000_000_000_000_000n },
  { path: 'big-ids', kind: 'file', mode: 0o644, uid: 4_000_000_000, gid: 2_097_152 },
  { path: 'owners', kind: 'file', mode: 0o644, userName: 'u'.repeat(40), groupName: 'ä'.repeat(20) },
  {
    path: 'attributes',
    kind: 'file',
    mode: 0o644,
    attributes: new Map([
      ['user.b', Uint8Array.of(0, 10, 255)],
      ['user.a', encode('=')],
    ]),
  },
]

function whole(entry: NewTarEntry): Omit<TarEntry, 'offset'> {
  const contents = entry.contents ?? new Uint8Array(0)
  return {
    uid: 0,
    gid: 0,
    mtime: 0n,
    link: '',
    userName: '',
    groupName: '',
    device: 0,
    attributes: new Map(),
    ...entry,
    contents,
    size: contents.length,
  }
}

function withoutOffset({ offset: _, ...entry }: TarEntry): Omit<TarEntry, 'offset'> {
  return { ...entry, contents: new Uint8Array(entry.contents) }
}

describe('what is written is read', () => {
  test('every kind, and everything that does not fit ustar', () => {
    expect([...readTar(writeTar(EVERYTHING))].map(withoutOffset)).toEqual(EVERYTHING.map(whole))
  })

  test('by the stream, however it is cut', async () => {
    const archive = writeTar(EVERYTHING)
    for (const size of [7, 512, 4096, 1 << 20]) {
      const found: Omit<TarEntry, 'offset'>[] = []
      for await (const entry of readTarStream(pieces(archive, size))) found.push(withoutOffset(entry))
      expect(found).toEqual(EVERYTHING.map(whole))
    }
  })

  test('random entries', () => {
    const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 130 }).map(text => text.replace(/[\0/]/g, '_'))
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map(names => decode(encode(names.join('/'))))
    const kind = fc.constantFrom<TarKind>('file', 'directory', 'fifo')
    const entry = fc
      .record({
        path,
        kind,
        mode: fc.integer({ min: 0, max: 0o7777 }),
        uid: fc.nat({ max: 2 ** 32 - 2 }),
        gid: fc.nat({ max: 2 ** 32 - 2 }),
        mtime: fc.bigInt({ min: -(10n ** 18n), max: 10n ** 21n }),
        contents: fc.uint8Array({ maxLength: 1100 }),
      })
      .map(({ contents, ...rest }) => (rest.kind === 'file' ? { ...rest, contents } : rest))
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), entries => {
        expect([...readTar(writeTar(entries))].map(withoutOffset)).toEqual(entries.map(whole))
      }),
      { numRuns: 150 },
    )
  })

  test('contents are views into the archive', () => {
    const archive = writeTar(EVERYTHING)
    const entry = [...readTar(archive)].find(({ path }) => path === 'directory/file')
    expect(entry?.contents.buffer).toBe(archive.buffer)
  })

  test('the same entries are the same bytes, and plain ones have no pax header', () => {
    expect(writeTar(EVERYTHING)).toEqual(writeTar(EVERYTHING))
    expect(writeTar([{ path: 'a/b', kind: 'file', mode: 0o644, contents: encode('x') }]).length).toBe(512 * 4)
  })
})

describe('other programs', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cowbox-tar-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test.skipIf(!has('tar'))('GNU tar lists what is written here', () => {
    const { stdout, stderr, status } = spawnSync(
      'tar',
      ['-tvf', '-', '--numeric-owner', '--utc', '--full-time', '--quoting-style=escape'],
      {
        input: writeTar(EVERYTHING.filter(({ attributes }) => !attributes)),
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'C.UTF-8' },
      },
    )
    expect([status, stderr]).toEqual([0, ''])
    const lines = stdout.replace(/ +/g, ' ')
    expect(lines).toContain('drwxrwxrwt 1/2 0 2023-11-14 22:13:20 directory/')
    expect(lines).toContain('-rwsr-xr-x 0/0 9 1970-01-01 00:00:00 directory/file')
    expect(lines).toContain('hrwsr-xr-x 0/0 0 1970-01-01 00:00:00 hard link to directory/file')
    expect(lines).toContain('crw-rw-rw- 0/0 1,3 1970-01-01 00:00:00 null')
    expect(lines).toContain('brw-rw---- 0/0 8,17 1970-01-01 00:00:00 disk')
    expect(lines).toContain(`${long}leaf\n`)
    expect(lines).toContain(` -> /${long}target\n`)
    expect(lines).toContain('-rw-r--r-- 4000000000/2097152 0')
    expect(lines).toContain('2023-11-14 22:13:20.123456789 late')
  })

  test.skipIf(!has('python3'))('Python’s tarfile reads what is written here', () => {
    const { stdout, stderr } = spawnSync('python3', ['-c', PYTHON_LIST], {
      input: writeTar(EVERYTHING),
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    const types = { file: '0', hardlink: '1', symlink: '2', character: '3', block: '4', directory: '5', fifo: '6' }
    const expected = EVERYTHING.map(whole).map(entry => ({
      name: entry.path,
      type: types[entry.kind],
      mode: entry.mode,
      uid: entry.uid,
      gid: entry.gid,
      size: entry.size,
      seconds: Math.floor(Number(entry.mtime) / 1e9),
      link: entry.link,
      user: entry.userName,
      contents: Buffer.from(entry.contents).toString('hex'),
    }))
    expect(JSON.parse(stdout)).toEqual(expected)
  })

  test.skipIf(!has('tar')).each(['v7', 'oldgnu', 'gnu', 'ustar', 'posix'])(
    'what GNU tar writes as %s is read here',
    format => {
      const tree = join(folder, format)
      mkdirSync(join(tree, 'sub'), { recursive: true })
      writeFileSync(join(tree, 'file'), 'contents\n', { mode: 0o640 })
      utimesSync(join(tree, 'file'), 1_600_000_000, 1_600_000_000.25)
      symlinkSync('file', join(tree, 'soft'))
      linkSync(join(tree, 'file'), join(tree, 'hard'))
      const isLong = format !== 'v7' && format !== 'ustar'
      const deep = isLong ? `${'d'.repeat(120)}/${'e'.repeat(120)}` : 'd/e'
      mkdirSync(join(tree, deep.split('/')[0] ?? ''))
      writeFileSync(join(tree, deep), 'deep')
      if (isLong) symlinkSync('t'.repeat(150), join(tree, 'far'))
      const args = ['-c', `--format=${format}`, '--sort=name', '--owner=3000000:3000000', '--group=4:4', '-f', '-', '.']
      const owner = format === 'v7' || format === 'ustar' ? ['--owner=3:3'] : []
      const { stdout, status } = spawnSync('tar', [...args.slice(0, -1), ...owner, '.'], { cwd: tree })
      expect(status).toBe(0)
      const found = new Map([...readTar(stdout)].map(entry => [entry.path, entry]))
      expect([...found.keys()].sort()).toEqual(
        ['.', './d', `./${deep}`, './file', './hard', './soft', './sub', ...(isLong ? ['./far'] : [])]
          .map(path => (path === './d' ? `./${deep.split('/')[0]}` : path))
          .sort(),
      )
      const file = found.get('./file')
      expect(file).toMatchObject({ kind: 'file', mode: 0o640, uid: owner.length > 0 ? 3 : 3_000_000, gid: 4, size: 9 })
      expect(decode(file?.contents ?? new Uint8Array())).toBe('contents\n')
      expect(file?.mtime).toBe(format === 'posix' ? 1_600_000_000_250_000_000n : 1_600_000_000_000_000_000n)
      expect(found.get('./hard')).toMatchObject({ kind: 'hardlink', link: './file' })
      expect(found.get('./soft')).toMatchObject({ kind: 'symlink', link: 'file' })
      expect(found.get('./sub')?.kind).toBe('directory')
      expect(decode(found.get(`./${deep}`)?.contents ?? new Uint8Array())).toBe('deep')
      if (isLong) expect(found.get('./far')?.link).toBe('t'.repeat(150))
    },
  )

  test
    .skipIf(!has('tar'))
    .each([
      ['gnu'],
      ['posix', '--sparse-version=0.0'],
      ['posix', '--sparse-version=0.1'],
      ['posix', '--sparse-version=1.0'],
    ])('sparse files (%s %s) are whole again', (format, version = '--sparse') => {
    const file = join(folder, 'holes')
    writeFileSync(file, '')
    const pieces = Array.from({ length: 30 }, (_, i) => i * 65536 + 4096)
    const whole = new Uint8Array(30 * 65536)
    for (const [index, at] of pieces.entries()) whole.fill(index + 1, at, at + 4096)
    truncateSync(file, whole.length)
    const fd = openSync(file, 'r+')
    for (const at of pieces) writeSync(fd, whole, at, 4096, at)
    closeSync(fd)
    const { stdout } = spawnSync('tar', ['-cS', version, `--format=${format}`, '-f', '-', 'holes'], { cwd: folder })
    expect(stdout.length).toBeLessThan(whole.length / 2)
    const [entry] = [...readTar(stdout)]
    expect(entry).toMatchObject({ path: 'holes', kind: 'file', size: whole.length })
    expect(equalBytes(entry?.contents ?? EMPTY, whole)).toBe(true)
  })

  test.skipIf(!has('python3'))('global headers, labels and attributes of other writers', () => {
    const { stdout, stderr } = spawnSync('python3', ['-c', PYTHON_WRITE])
    expect(String(stderr)).toBe('')
    const [first, second] = [...readTar(stdout)]
    expect(first).toMatchObject({ path: 'one', userName: 'everybody', uid: 77 })
    expect(decode(first?.attributes.get('user.k') ?? new Uint8Array())).toBe('v')
    expect(second).toMatchObject({ path: 'two', userName: 'somebody', uid: 77 })
    expect(second?.attributes.size).toBe(0)
  })
})

describe('what is wrong is refused, with the place', () => {
  const good = writeTar([
    { path: 'one', kind: 'file', mode: 0o644, contents: encode('1'.repeat(700)) },
    { path: 'two', kind: 'file', mode: 0o644, contents: encode('2') },
  ])

  test.each<[name: string, bytes: Uint8Array, words: string]>([
    ['text', encode('this is no archive'.repeat(100)), 'this is not a tar archive at byte 0'],
    ['a few bytes', encode('short'), 'this is not a tar archive at byte 0'],
    ['a cut file', good.subarray(0, 1000), 'truncated archive: "one" needs 700 bytes at byte 0'],
    ['a cut header', good.subarray(0, 1536 + 100), 'truncated archive: half a header at byte 1536'],
    ['a changed header', changed(1536 + 5), 'a header has a wrong checksum at byte 1536'],
    [
      'a negative size',
      resized([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe, 0]),
      'a number out of range at byte 0',
    ],
    [
      'a size beyond everything',
      resized([0x80, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe, 0]),
      'a number out of range at byte 0',
    ],
    ['a size in words', resized([...encode('9 or so    ')]), 'a number that is none at byte 0'],
    ['a type that is unknown', retyped('Z'), '"one" has the unknown type "Z" at byte 0'],
    ['pax records that are none', paxed('no records at all'), 'an extended header cannot be read at byte 0'],
    ['a pax record that is too long', paxed('99 path=x\n'), 'an extended header cannot be read at byte 0'],
    ['a pax size that is no number', paxed('12 size=1e9\n'), 'the size "1e9"'],
    ['a pax time that is none', paxed('13 mtime=now\n'), 'the mtime "now"'],
  ])('%s', async (_name, bytes, words) => {
    const [whole, streamed] = [await failureOf(() => [...readTar(bytes)]), await failureOf(() => drain(bytes))]
    expect(whole).toBeInstanceOf(TarError)
    expect(String(whole)).toContain(words)
    expect(String(streamed)).toBe(String(whole))
  })

  test('an archive without its end is whole', () => {
    expect([...readTar(good.subarray(0, good.length - 1024))]).toHaveLength(2)
    expect([...readTar(new Uint8Array(0))]).toEqual([])
  })

  test('random damage never hangs and never is another error', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: good.length - 1 }),
        fc.nat({ max: 255 }),
        fc.nat({ max: good.length }),
        (at, byte, end) => {
          const bytes = good.slice(0, end)
          if (at < end) bytes[at] = byte
          try {
            expect([...readTar(bytes)].length).toBeLessThanOrEqual(2)
          } catch (error) {
            expect(error).toBeInstanceOf(TarError)
          }
        },
      ),
    )
  })

  function changed(at: number): Uint8Array {
    const bytes = good.slice()
    bytes[at] = 0x7a
    return bytes
  }

  function resized(size: readonly number[]): Uint8Array {
    const bytes = good.slice()
    bytes.set(size, 124)
    return summed(bytes)
  }

  function retyped(type: string): Uint8Array {
    const bytes = good.slice()
    bytes.set(encode(type), 156)
    return summed(bytes)
  }

  /** The file `one` is a pax header for `two`. */
  function paxed(records: string): Uint8Array {
    const bytes = writeTar([
      { path: 'one', kind: 'file', mode: 0o644, contents: encode(records) },
      { path: 'two', kind: 'file', mode: 0o644, contents: encode('2') },
    ])
    bytes.set(encode('x'), 156)
    return summed(bytes)
  }
})

function summed(bytes: Uint8Array): Uint8Array {
  bytes.fill(32, 148, 156)
  const sum = bytes.subarray(0, 512).reduce((total, byte) => total + byte, 0)
  bytes.set(encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148)
  return bytes
}

async function failureOf(run: () => unknown): Promise<unknown> {
  try {
    await run()
  } catch (error) {
    return error
  }
  return undefined
}

async function drain(bytes: Uint8Array): Promise<void> {
  for await (const _ of readTarStream(pieces(bytes, 100)));
}

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

function has(program: string): boolean {
  return (process.env.PATH ?? '').split(':').some(folder => existsSync(join(folder, program)))
}

const PYTHON_LIST = `
import sys, tarfile, io, json, math
archive = tarfile.open(fileobj=io.BytesIO(sys.stdin.buffer.read()))
print(json.dumps([dict(name=m.name, type=m.type.decode(), mode=m.mode, uid=m.uid, gid=m.gid, size=m.size,
  seconds=math.floor(m.mtime), link=m.linkname, user=m.uname,
  contents=archive.extractfile(m).read().hex() if m.isreg() else '') for m in archive]))
`

const PYTHON_WRITE = `
import sys, tarfile, io
out = io.BytesIO()
archive = tarfile.open(fileobj=out, mode='w', format=tarfile.PAX_FORMAT, pax_headers={'uname': 'everybody', 'uid': '77'})
one = tarfile.TarInfo('one')
one.pax_headers = {'SCHILY.xattr.user.k': 'v'}
archive.addfile(one)
two = tarfile.TarInfo('two')
two.pax_headers = {'uname': 'somebody'}
archive.addfile(two)
archive.close()
sys.stdout.buffer.write(out.getvalue())
`
