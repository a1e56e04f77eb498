// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell scripts are full of them
import { expect, it } from 'vitest'
import { parse } from '../../shell/parser.ts'
import { jobText } from '../../shell/printer/job-text.ts'

// As `set -m; COMMAND & jobs` shows it in busybox 1.35.
it.each([
  ['sleep 1 | cat', 'sleep 1 | cat'],
  ['x=1 sleep 1 2>&1 >/dev/null', 'sleep 1 2>&1 1>/dev/null'],
  ['{ sleep 1; echo; }', 'sleep 1; echo'],
  ['(sleep 1; :)', '(sleep 1; :)'],
  ['if true; then sleep 1; fi', 'if true; then sleep 1; fi'],
  ['if a; then b; elif c; then d; else e; fi', 'if a; then b; else if c; then d; else e; fi; fi'],
  ['for i in a "b c" $x; do sleep 1; done', 'for i in a "b c" ${x}; do sleep 1; done'],
  ['for i; do a; done', 'for i in "${@}"; do a; done'],
  ['case $a in x) a;; *) b & ;; esac', 'case ${a} in x) a;; *) b;; esac'],
  ['a "b c" "${x:-$y}" $(e) `e` $((1+2)) \'q\'', 'a "b c" "${x:-${y}}" $(...) $(...) $((1+2)) "q"'],
  ['sh -c \'a"b$c`d\\e\' "f\\$g"', 'sh -c "a\\"b\\$c`d\\e" "f\\$g"'],
  ['! sleep 1', '!sleep 1'],
  ['while sleep 1 <a & false; do b & done', 'while sleep 1 0<a; false; do b; done'],
  ['f() { sleep 1; }', 'f() { ... }'],
  ['a <<E\nE\n', 'a <<...'],
  ['a </dev/null >a 2>>b 3<>c >|d 4>&1 5<&-', 'a 0</dev/null 1>a 2>>b 3<>c 1>|d 4>&1 5<&-'],
  ['cat <(echo)', 'cat <(...)'],
  ['a && ! b', 'a && !b'],
  ['f | { a; } | (b) >x', 'f | a | (b)'],
])('%j', (text, expected) => {
  expect(jobText(parse(text, { dialect: 'ash' })[0]!.items[0]!.command)).toBe(expected)
})
