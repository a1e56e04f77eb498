// Hostile scripts end in the limit's message, and never in JavaScript's.

import { expect, test } from 'vitest'
import { script } from './box.ts'

const MEGABYTE = 1 << 20

test('a variable that doubles for ever is out of memory: 137', async () => {
  expect((await script('a=x; while :; do a=$a$a; done')).status).toBe(137)
})

test('so are one that grows faster than JavaScript has strings, and the positional parameters', async () => {
  const limits = { memory: 16 * MEGABYTE }
  expect((await script('a=xxxxxxxx; while :; do a="$a$a$a$a$a$a$a$a"; done', { limits })).status).toBe(137)
  expect((await script('set -- x; while :; do set -- "$@" "$@"; done', { limits })).status).toBe(137)
  expect((await script('x=$(while :; do echo xxxxxxxxxxxxxxxx; done)', { limits })).status).toBe(137)
  expect((await script('while :; do i=$((i+1)); eval "v$i=$i"; done', { limits: { memory: MEGABYTE } })).status).toBe(
    137,
  )
})

test.each([
  ['f() { f; }; f', 'sh: maximum nesting exceeded\n'],
  ['f() { if :; then while :; do case x in x) { f; } ;; esac; done; fi; }; f', 'sh: maximum nesting exceeded\n'],
  ['f() { x=$(f); }; f', undefined],
  ['f() { eval f; }; f', undefined],
])('recursion without end: %s', async (text, stderr) => {
  const ran = await script(text)
  expect(ran.status).toBe(2)
  if (stderr !== undefined) expect(ran.stderr).toBe(stderr)
  else expect(ran.stderr).toContain('maximum nesting exceeded')
})

test('recursion within the limit is deep enough', async () => {
  const ran = await script('f() { [ $1 = 0 ] || f $(($1 - 1)); }; f 900; echo $?')
  expect(ran).toMatchObject({ stdout: '0\n', status: 0 })
})

test('a fork bomb runs into the limit of processes', async () => {
  const ran = await script('f() { f & f & }; f; wait', { limits: { processes: 50 } })
  expect(ran.stderr).toContain("can't fork: Resource temporarily unavailable\n")
})

test('a loop ends by a signal from beside it', async () => {
  const ran = await script('while :; do :; done & (:); kill $!; wait $!; echo $?')
  expect(ran.stdout).toBe('143\n')
})

test('a command substitution without a process leaves nothing behind', async () => {
  const text = `
x=1; umask 022; cd /tmp
y=$(x=2; cd /; umask 077; f() { :; }; set -f; echo $x; echo err >&2; exit 3)
echo $? $y $x $PWD $(pwd) $(umask) $-
f 2>/dev/null || echo none`
  const ran = await script(text)
  expect(ran).toEqual({ stdout: '3 2 1 /tmp /tmp 0022 c\nnone\n', stderr: 'err\n', status: 0 })
})
