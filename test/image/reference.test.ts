import { describe, expect, test } from 'vitest'
import { familiarName, familiarTag, fullName, InvalidReferenceError, parseReference } from '../../image/reference.ts'

const DIGEST = `sha256:${'a'.repeat(64)}`

describe('names of images', () => {
  test.each([
    ['busybox', 'docker.io/library/busybox:latest', 'busybox', 'busybox:latest'],
    ['busybox:1.36', 'docker.io/library/busybox:1.36', 'busybox', 'busybox:1.36'],
    ['team/app', 'docker.io/team/app:latest', 'team/app', 'team/app:latest'],
    ['docker.io/busybox', 'docker.io/library/busybox:latest', 'busybox', 'busybox:latest'],
    ['index.docker.io/library/busybox', 'docker.io/library/busybox:latest', 'busybox', 'busybox:latest'],
    ['localhost/app', 'localhost/app:latest', 'localhost/app', 'localhost/app:latest'],
    ['localhost:5000/a/b:t', 'localhost:5000/a/b:t', 'localhost:5000/a/b', 'localhost:5000/a/b:t'],
    ['ghcr.io/a/b/c-d__e.f', 'ghcr.io/a/b/c-d__e.f:latest', 'ghcr.io/a/b/c-d__e.f', 'ghcr.io/a/b/c-d__e.f:latest'],
    ['[::1]:5000/app', '[::1]:5000/app:latest', '[::1]:5000/app', '[::1]:5000/app:latest'],
    [`busybox@${DIGEST}`, `docker.io/library/busybox@${DIGEST}`, 'busybox', `busybox@${DIGEST}`],
    [`busybox:1@${DIGEST}`, `docker.io/library/busybox:1@${DIGEST}`, 'busybox', `busybox:1@${DIGEST}`],
    ['UPPER/app', 'UPPER/app:latest', 'UPPER/app', 'UPPER/app:latest'],
  ])('%s', (text, full, familiar, tagged) => {
    const reference = parseReference(text)
    expect([fullName(reference), familiarName(reference), familiarTag(reference)]).toEqual([full, familiar, tagged])
    expect(parseReference(full)).toEqual(reference)
  })

  test.each([
    ['', 'invalid reference format'],
    [':tag', 'invalid reference format'],
    ['a b', 'invalid reference format'],
    ['a//b', 'invalid reference format'],
    ['-a', 'invalid reference format'],
    ['a:', 'invalid reference format'],
    ['a:-t', 'invalid reference format'],
    [`a:${'t'.repeat(129)}`, 'invalid reference format'],
    ['a@sha256:12', 'invalid reference format'],
    ['-bad.com/a', 'invalid reference format'],
    ['a___b', 'invalid reference format'],
    ['UPPER', 'invalid reference format: repository name (library/UPPER) must be lowercase'],
    ['team/App', 'invalid reference format: repository name (team/App) must be lowercase'],
    ['a'.repeat(300), 'repository name must not be more than 255 characters'],
    ['b'.repeat(64), `invalid repository name (${'b'.repeat(64)}), cannot specify 64-byte hexadecimal strings`],
  ])('%s is refused', (text, words) => {
    expect(() => parseReference(text)).toThrow(InvalidReferenceError)
    expect(() => parseReference(text)).toThrow(words)
  })
})
