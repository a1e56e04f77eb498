// Words that are filled in, and words that a loop takes one by one: what busybox's ash prints for the same.

import { expect, test } from 'vitest'
import { script } from './box.ts'

test.each([
  ['words and blanks', `for w in $(printf 'a b\\n\\nc\\td\\n\\n'); do echo "[$w]"; done`, '[a]\n[b]\n[c]\n[d]\n'],
  ['a word from one read to the next', 'for w in $(seq 20000); do n=$((n+w)); done; echo $n $w', '200010000 20000\n'],
  ['IFS, once the list is made', 'for w in $(seq 50000); do n=$((n+w)); IFS=1; done; echo "$n"', '1250025000\n'],
  ['IFS that is no blank', `IFS=:; for w in $(printf 'a:b::c d\\n'); do echo "[$w]"; done`, '[a]\n[b]\n[]\n[c d]\n'],
  ['an empty IFS', `IFS=; for w in $(printf 'a b\\nc\\n\\n'); do echo "[$w]"; done`, '[a b\nc]\n'],
  ['nothing', 'for w in $(false); do echo no; done; echo $?', '0\n'],
  ['a pattern', `cd /; for w in $(echo '/et*' b); do echo $w; done`, '/etc\nb\n'],
  [
    'newlines around',
    `for w in $(seq 70000 | tr -d 0-9; echo q; seq 70000 | tr -d 0-9); do echo "[$w]"; done`,
    '[q]\n',
  ],
  ['newlines and NULs at the end', `x=$(printf 'a\\n\\0\\n'; head -c 70000 /dev/zero); echo "[$x]"`, '[a]\n'],
  [
    'characters of two bytes',
    'for w in $(seq 9999; seq 9000 | sed "s/.*/é/" | tr -d "\\n"); do l=$w; done; echo ${#l}',
    '9000\n',
  ],
])('for over %s', async (_, text, stdout) => {
  expect(await script(text)).toEqual({ stdout, stderr: '', status: 0 })
})

test.each([
  [
    'declarations',
    `g() { local n=$1 m="$1-$2" k=~ h="x y" p=a:~; echo "$n $m $k $h $p"; }; g 'a  b' 'c*'; echo "[$n]"`,
    'a  b a  b-c* /root x y a:/root\n[]\n',
  ],
  [
    'values that are split, or patterns',
    `f() { echo "$#:$1:$2:$3"; }; cd /; a='x y'; b='*'; f $a"z"; f "$a$b"; f /et$b; f $a$nothing$nothing; f $nothing$nothing`,
    '2:x:yz:\n1:x y*::\n1:/etc::\n2:x:y:\n0:::\n',
  ],
  [
    'numbers',
    'f() { echo "$#:$1:$2:$3"; }; i=1; j=5; f p$((1+2))q; f $((i=i+1)) $((i++)) $i; f $(($j - 3)) "$((j))$j" q$((-j)); IFS=5; f $((j*11)) $j',
    '1:p3q::\n3:2:2:3\n3:2:55:q-5\n3:::\n',
  ],
  ['an expression whose name is none', 'f() { echo "$1"; }; x=1+1; f $(($x*2)); f $((x*2))', '3\n4\n'],
])('%s', async (_, text, stdout) => {
  expect(await script(text)).toEqual({ stdout, stderr: '', status: 0 })
})
