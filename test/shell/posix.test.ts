// What POSIX asks and ash does otherwise, or what ash has not: these have no golden, for the real busybox would not agree.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell scripts are full of them

import { describe, expect, it } from 'vitest'
import { script, shell } from './box.ts'

describe('beyond ash', () => {
  it.each([
    ['alias -- a=b; alias', "a='b'\n", 0],
    ['unalias; echo $?', '2\n', 0],
    ['eval -- echo hi', 'hi\n', 0],
    ['set -u; unset x; echo $((x)); echo not reached', '', 2],
    ['set -u; x=3; echo $((x + 1))', '4\n', 0],
    ['mkdir d; cd -L d/../nothing/../d; echo $?', '2\n', 0],
    ['mkdir -p d/e; cd -L d/e/..; pwd', '/tmp/d\n', 0],
    ['[ -a -a ]; echo $?; [ -a / ]; echo $?; [ -z = ]; echo $?', '1\n0\n1\n', 0],
    ['f() { return -1; }; f; echo $?', '255\n', 0],
    ['echo a >f; echo b &>>f; cat f', 'a\nb\n', 0],
    ['hash -r x; echo $?', '1\n', 0],
    ['set -h; case $- in *h*) echo on;; esac; set +h; case $- in *h*) ;; *) echo off;; esac', 'on\noff\n', 0],
    ['IFS=x; set -- a "" b "" ; for i in $@; do echo "<$i>"; done', '<a>\n<>\n<b>\n', 0],
    [
      `x="$(printf 'a\\tb\\nc')"; set | grep ^x=; eval "$(set | grep ^x=)"; [ "$x" = "$(printf 'a\\tb\\nc')" ] && echo same`,
      "x=$'a\\tb\\nc'\nsame\n",
      0,
    ],
    [
      'printf "%d %d %x\\n" 3abc 99999999999999999999 99999999999999999999; echo $?',
      '3 9223372036854775807 ffffffffffffffff\n1\n',
      0,
    ],
  ])('%s', async (text, stdout, status) => {
    expect(await script(text)).toMatchObject({ stdout, status })
  })

  it.each([
    ['[[ ab == "*" ]] && echo y', ''],
    ['[[ ab == a* ]] && echo y', 'y\n'],
    ['x="a*"; [[ ab == $x ]] && echo 1; [[ ab == "$x" ]] || echo 2; [[ "a*" == "$x" ]] && echo 3', '1\n2\n3\n'],
    ['x="a b"; [[ $x == "a b" ]] && echo y; [[ -z $nothing && $x != a ]] && echo z', 'y\nz\n'],
    ['x="/*"; [[ $x == /* ]] && echo y; [[ a\\*b == a\\** ]] && echo z', 'y\nz\n'],
  ])('[[ keeps what was quoted, splits nothing and globs nothing: %s', async (text, stdout) => {
    expect(await script(text)).toMatchObject({ stdout, stderr: '' })
  })

  it('shows the lines of a sourced file with -v', async () => {
    const ran = await shell(['-v', '-c', '. /s'], { files: { s: 'echo a\necho b\n' } })
    expect(ran).toMatchObject({ stdout: 'a\nb\n', stderr: 'echo a\necho b\n' })
  })

  it('a sleeping shell with a trap is not replaced by its last command', async () => {
    const text = 'sh -c \'trap "echo caught" USR1; sleep 1\' & sleep 0.1; kill -USR1 $!; wait'
    expect((await script(text)).stdout).toBe('caught\n')
  })
})
