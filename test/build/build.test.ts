import { execFileSync } from 'node:child_process'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { nodeHost } from '../../cli/node/host.ts'
import { layerTar } from '../../image/diff.ts'
import { portableDigester } from '../../image/digest.ts'
import type { HttpRequest } from '../../kernel/http.ts'
import { decode, encode } from '../../lib/bytes.ts'
import { readTar, writeTar } from '../../lib/tar.ts'
import { contextOf, TestBuilder } from './builder.ts'

const D = (text: string) => text.replace(/^ {2}/gm, '').replace(/^\n/, '')

test('only the stages that the target needs are built, independent ones side by side', async () => {
  const builder = new TestBuilder()
  const built = await builder.build(
    D(`
  FROM busybox AS broken
  RUN exit 9
  FROM busybox AS a
  RUN echo a >/a
  FROM busybox AS b
  RUN echo b >/b
  FROM scratch
  COPY --from=a /a /
  COPY --from=b /b /`),
  )
  expect([...(await built.tree()).root.entries()].map(([name]) => name)).toEqual(['a', 'b'])
  const begun = built.events.filter(({ kind }) => kind === 'begin').map(({ step }) => step.name)
  expect(begun).toContain('[a 2/2] RUN echo a >/a')
  expect(begun.some(name => name.includes('exit 9'))).toBe(false)
})

test('a stage that fails ends the others', async () => {
  const builder = new TestBuilder()
  const began = performance.now()
  const failure = await builder.failure(
    D(`
  FROM busybox AS slow
  RUN sleep 1000
  FROM busybox AS broken
  RUN sleep 0.1; exit 9
  FROM scratch
  COPY --from=slow / /
  COPY --from=broken / /`),
  )
  expect(failure).toBe('4: process "/bin/sh -c sleep 0.1; exit 9" did not complete successfully: exit code: 9')
  expect(performance.now() - began).toBeLessThan(100_000)
})

test('the cache goes by content: times and metadata do not count, and equal layers meet again', async () => {
  const builder = new TestBuilder()
  const file = (text: string, mtime: bigint, mode = 0o644) =>
    ({ path: 'f', kind: 'file', mode, mtime, contents: encode(text) }) as const
  const dockerfile = (label: string) =>
    `FROM busybox\nLABEL v=${label}\nCOPY f /x\nRUN cut -c1 /x >/y; rm /x\nRUN echo last`
  const first = await builder.build(dockerfile('1'), { f: file('abc', 1n) })
  expect(TestBuilder.outcomes(first).map(text => text.split(' ')[0])).toEqual(['done', 'done', 'done', 'done'])
  const touched = await builder.build(dockerfile('2'), { f: file('abc', 2_000_000_000n) })
  expect(
    TestBuilder.outcomes(touched)
      .slice(1)
      .every(text => text.startsWith('cached')),
  ).toBe(true)
  const executable = await builder.build(dockerfile('2'), { f: file('abc', 1n, 0o755) })
  expect(TestBuilder.outcomes(executable)[1]).toMatch(/^done/)
})

test('a build out of the cache gives the same image', async () => {
  const builder = new TestBuilder()
  const dockerfile = 'FROM busybox\nRUN echo 1 >/x\nENV A=1'
  const { image } = await builder.build(dockerfile)
  expect((await builder.build(dockerfile)).image.manifest).toEqual(image.manifest)
})

test('--no-cache-filter does the steps of a stage again', async () => {
  const builder = new TestBuilder()
  const dockerfile = 'FROM busybox AS a\nRUN echo 1\nFROM a\nRUN echo 2'
  await builder.build(dockerfile)
  const again = await builder.build(dockerfile, {}, { noCacheFilter: ['a'] })
  expect(TestBuilder.outcomes(again).filter(text => text.includes('RUN'))).toEqual([
    'done [a 2/2] RUN echo 1',
    'cached [stage-1 2/2] RUN echo 2',
  ])
})

test('--cache-from takes what another build left, in a directory or inside an image', async () => {
  const dockerfile = 'FROM busybox\nRUN echo 1 >/one'
  const [first, second, third] = [new TestBuilder(), new TestBuilder(), new TestBuilder()]
  const { image } = await first.build(dockerfile, {}, { cacheTo: [second.engine.store], inlineCache: true })
  expect(image.config['cowbox.cache.v1']?.map(([, layer]) => layer)).toEqual([1])
  const cached = await third.build(dockerfile, {}, { cacheFrom: [second.engine.store] })
  expect(TestBuilder.outcomes(cached).at(-1)).toBe('cached [2/2] RUN echo 1 >/one')
})

test('RUN mounts: binds hold what they name, caches outlive the build, secrets reach nothing else', async () => {
  const builder = new TestBuilder()
  const dockerfile = D(`
  FROM busybox AS s
  RUN mkdir /d && echo one >/d/f && chown 5:6 /d/f
  FROM busybox
  RUN --mount=type=bind,target=/m,rw cat /m/in; echo x >/m/in
  RUN --mount=target=/m cat /m/in
  RUN --mount=type=bind,from=s,source=/d,target=/m stat -c %u:%g /m/f
  RUN --mount=type=cache,target=/c,mode=0700,uid=7 stat -c %a:%u /c; echo n >>/c/n; wc -l </c/n
  RUN --mount=type=tmpfs,target=/t touch /t/x
  RUN --mount=type=secret,id=S cat /run/secrets/S; stat -c %a /run/secrets/S
  RUN --mount=type=secret,id=S,env=V echo "$V"
  RUN --mount=type=secret,id=none test ! -e /run/secrets/none
  RUN --mount=type=ssh true
  RUN ls -A /c /t /m /run/secrets 2>/dev/null; true`)
  const secrets = new Map([['S', encode('hush\n')]])
  const first = await builder.build(dockerfile, { in: 'in\n' }, { secrets })
  expect(first.output).toBe('in\nin\n5:6\n700:7\n1\nhush\n400\nhush\n\n')
  const second = await builder.build(dockerfile, { in: 'in\n' }, { secrets, noCache: true })
  expect(second.output).toBe('in\nin\n5:6\n700:7\n2\nhush\n400\nhush\n\n')
  for (const { digest } of [...second.image.layers, second.image.manifest]) {
    expect(decode((await builder.engine.store.get(digest))!)).not.toContain('hush')
  }
  expect(JSON.stringify(second.image.config)).not.toContain('hush')
  const changed = await builder.build(dockerfile, { in: 'ni\n' }, { secrets })
  expect(changed.output).toMatch(/^ni\nni\n/)
})

test.each([
  ['FROM busybox\nRUN --mount=type=secret,id=x,required cat', '2: secret x: not found'],
  ['FROM busybox\nRUN --mount=type=ssh,required true', '2: RUN --mount=type=ssh: this box has no ssh agent to hand in'],
  ['FROM busybox\nRUN --mount=type=nfs,target=/x true', '2: unsupported mount type "nfs"'],
  ['FROM busybox\nRUN --mount=type=bind,target=/x,size=3 true', "2: unexpected key 'size' in 'size=3'"],
  [
    'FROM busybox\nRUN --network=host true',
    '2: RUN --network=host: this box has no network of a host to share (line 2)',
  ],
  [
    'FROM busybox\nCOPY a b /n',
    '2: When using COPY with more than one source file, the destination must be a directory and end with a /',
  ],
  [
    'FROM busybox\nCOPY nosuch /',
    '2: failed to compute cache key: failed to calculate checksum of ref: "/nosuch": not found',
  ],
  ['FROM busybox\nENV A=${B:?unset}', '2: failed to process "${B:?unset}": B: unset'],
  ['FROM busybox\nENV A=${B', '2: failed to process "${B": syntax error: missing \'}\''],
  ['FROM busybox\nWORKDIR --x /a', '2: dockerfile parse error on line 2: unknown flag: --x'],
  ['FROM busybox\nENTRYPOINT --x -- ["sh"]', '2: dockerfile parse error on line 2: unknown flag: --x'],
  [
    'FROM busybox\nCOPY /a <<EOF\nEOF',
    '2: dockerfile parse error on line 2: COPY cannot accept a heredoc as a destination',
  ],
  [
    'FROM busybox\nCOPY --chown="a b"\\ c --from=\'x\' a /',
    '2: x: failed to resolve source metadata for x: no such stage, context or image',
  ],
  ['# check=error=true\nFROM busybox\nCMD echo', '3: lint violation found for rules: JSONArgsRecommended'],
  [
    'FROM nosuch\nRUN true',
    '1: nosuch: failed to resolve source metadata for docker.io/library/nosuch:latest: not found',
  ],
])('%j is refused', async (dockerfile, message) => {
  const builder = new TestBuilder()
  expect(await builder.failure(dockerfile, { a: 'a', b: 'b' })).toBe(message)
})

test('here-documents: scripts, scripts with an interpreter, files', async () => {
  const builder = new TestBuilder()
  const built = await builder.build(
    D(`
  FROM busybox
  ARG V=value
  RUN <<EOF
  false
  echo sh $V
  EOF
  RUN <<EOF
  #!/bin/cat
  read by cat
  EOF
  RUN cat <<A - <<B
  a
  A
  b
  B
  COPY --chmod=755 <<EOF <<'RAW' /d/
  $V "quoted"
  EOF
  $V
  RAW
  RUN cat /d/EOF /d/RAW; stat -c %a /d/EOF; ls -A /dev/pipes 2>/dev/null; true`),
  )
  expect(built.output).toBe('sh value\n#!/bin/cat\nread by cat\nb\nvalue "quoted"\n$V\n755\n')
})

test('COPY --link is a layer of its own, cached whatever lies below', async () => {
  const builder = new TestBuilder()
  const first = await builder.build('FROM busybox\nRUN ln -s /tmp /l\nCOPY --link f /l/f', { f: 'f' })
  const tree = await first.tree()
  expect(tree.root.lookup('l')?.kind).toBe('directory')
  const other = await builder.build('FROM scratch\nCOPY --link f /l/f', { f: 'f' })
  expect(TestBuilder.outcomes(other)).toEqual(['cached [2/2] COPY --link f /l/f'])
  expect(other.image.layers).toEqual(first.image.layers.slice(-1))
})

test('ADD of a URL: its name, mode, time and digest; --unpack', async () => {
  const tar = gzipSync(writeTar([{ path: 'in', kind: 'file', mode: 0o600, contents: encode('packed') }]))
  const asked: HttpRequest[] = []
  const fetch = async (request: HttpRequest) => {
    asked.push(request)
    const body = request.url.endsWith('.gz') ? tar : encode('hello')
    const headers = new Map([['last-modified', 'Tue, 14 Nov 2023 22:13:20 GMT']])
    const status = request.url.includes('missing') ? 404 : 200
    return {
      status,
      url: request.url,
      headers,
      body: (async function* () {
        yield body
      })(),
    }
  }
  const builder = new TestBuilder({ ...nodeHost, fetch })
  const built = await builder.build(
    D(`
  FROM busybox
  ADD http://host/a.txt?x=1 /d/
  ADD --checksum=${portableDigester.digest(encode('hello'))} http://host/a.txt /b
  ADD http://host/t.tar.gz /kept/
  ADD --unpack=true http://host/t.tar.gz /unpacked/
  RUN stat -c '%a %Y' /d/a.txt; cat /b /unpacked/in; ls /kept`),
  )
  expect(built.output).toBe('600 1700000000\nhellopackedt.tar.gz\n')
  expect(await builder.failure(`FROM scratch\nADD --checksum=sha256:${'0'.repeat(64)} http://host/a /`)).toMatch(
    /^2: digest mismatch sha256:2cf24d/,
  )
  expect(await builder.failure('FROM scratch\nADD http://host/missing /')).toBe('2: invalid response status 404')
  expect(await builder.failure('FROM scratch\nADD http://host/ /')).toMatch(/cannot determine filename/)
})

test('ADD unpacks archives by their contents, in every packing; COPY does not', async () => {
  const tar = writeTar([{ path: 'in', kind: 'file', mode: 0o600, contents: encode('packed') }])
  const packed = (tool: string) => new Uint8Array(execFileSync(tool, ['-c'], { input: tar }))
  const files = { plain: tar, gz: gzipSync(tar), bz: packed('bzip2'), x: packed('xz'), text: gzipSync('no archive') }
  const built = await new TestBuilder().build(
    `FROM busybox\n${Object.keys(files)
      .map(name => `ADD ${name} /${name}/`)
      .join('\n')}\nCOPY gz /copied\nRUN cat /plain/in /gz/in /bz/in /x/in; ls /text; test -f /copied && echo kept`,
    files,
  )
  expect(built.output).toBe('packedpackedpackedpackedtext\nkept\n')
})

test('named contexts stand for images, stages and sources', async () => {
  const builder = new TestBuilder()
  const contexts = new Map([
    ['base', { kind: 'tree', tree: contextOf({ 'etc/made': 'here' }) }],
    ['alpine', { kind: 'image', name: 'busybox' }],
  ] as const)
  const built = await builder.build('FROM alpine\nCOPY --from=base /etc/made /\nRUN cat /made', {}, { contexts })
  expect(built.output).toBe('here')
  const based = await builder.build('FROM base\nCOPY --from=alpine /bin/sh /sh', {}, { contexts })
  expect([...(await based.tree()).root.entries()].map(([name]) => name)).toEqual(['etc', 'sh'])
})

test('ONBUILD fires in the child, once', async () => {
  const builder = new TestBuilder()
  await builder.build('FROM busybox\nONBUILD RUN echo fired\nONBUILD ENV A=1', {}, { tags: ['parent'] })
  const child = await builder.build('FROM parent\nRUN echo $A', {}, { tags: ['child'] })
  expect(child.output).toBe('fired\n1\n')
  expect(child.image.config.config.OnBuild).toBeUndefined()
  expect((await builder.build('FROM child\nRUN echo grandchild')).output).toBe('grandchild\n')
})

test('history, squash, annotations, platform', async () => {
  const builder = new TestBuilder()
  const { image } = await builder.build(
    'FROM scratch\nARG A=1\nARG B\nCOPY f /f\nCMD ["x"]',
    { f: 'f' },
    { platform: 'linux/arm64', annotations: { note: 'n' }, sourceDateEpoch: 1_700_000_000 },
  )
  expect(image.config).toMatchObject({ architecture: 'arm64', created: '2023-11-14T22:13:20.000Z' })
  expect(image.config.history.map(({ created_by: by }) => by)).toEqual([
    'ARG A=1',
    'ARG B',
    'COPY f /f # buildkit',
    'CMD ["x"]',
  ])
  expect(decode((await builder.engine.store.get(image.manifest.digest))!)).toContain('"annotations":{"note":"n"}')
  const args = await builder.build('FROM busybox\nARG A=1\nRUN true')
  expect(args.image.config.history.at(-1)?.created_by).toBe('RUN |1 A=1 /bin/sh -c true # buildkit')
  const squashed = await builder.build('FROM busybox\nRUN echo 1 >/x\nRUN rm /x', {}, { squash: true })
  expect(squashed.image.layers).toHaveLength(1)
  const bytes = await builder.engine.store.get(squashed.image.layers[0]!.digest)
  expect([...readTar(bytes!)].some(({ path }) => path.includes('.wh.'))).toBe(false)
  const tree = await squashed.tree()
  expect(layerTar(tree, tree).length).toBe(1024)
})

test('the same input gives the same digests', async () => {
  const dockerfile = 'FROM busybox\nCOPY . /x\nRUN echo hi >/y\nWORKDIR /z\n'
  const ids = []
  for (let run = 0; run < 2; run++) {
    const { image } = await new TestBuilder().build(dockerfile, { a: 'a', 'b/c': 'c' }, { sourceDateEpoch: 1 })
    ids.push(image.manifest.digest)
  }
  expect(ids[0]).toBe(ids[1])
})
