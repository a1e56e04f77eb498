// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell scripts are full of them
import { describe, expect, it } from 'vitest'
import { parse } from '../../shell/parser.ts'
import { print } from '../../shell/printer.ts'

function reprint(text: string): string {
  return parse(text, { dialect: 'bash' }).map(print).join('\n')
}

describe("bash's grammar", () => {
  it.each([
    ['a=(1 "2 3" $x\n[4]=y) b[$i+1]+=z c+=d', 'a=(1 "2 3" $x [4]=y) b[${i}+1]+=z c+=d'],
    ['declare -A m=([a]=1 [b]=2) >f', 'declare -A m=([a]=1 [b]=2) >f'],
    ['((i++ > 2)) && a', '((i++ > 2)) && a'],
    ['for ((i=0; i<10; i++)) do a; done', 'for ((i=0; i<10; i++)); do a; done'],
    ['for ((;;)); do a; done', 'for ((; ; )); do a; done'],
    ['select x in a b; do c; done', 'select x in a b; do c; done'],
    ['[[ -f $x && ! a == *.c || a < b ]]', '[[ -f $x && ! a == *.c || a < b ]]'],
    ['[[ $b =~ ^(a|b c)+$ ]]', '[[ $b =~ ^(a|b c)+$ ]]'],
    ['[[ a -eq 1 &&\n-z "" ]]', '[[ a -eq 1 && -z "" ]]'],
    ['time -p a | b', 'time -p a | b'],
    ['time', 'time '],
    ['! time a | time b', 'time ! a | time b'],
    ['function f (a)', 'f() (a)'],
    ['function in { a; }', 'function in() { a; }'],
    ['a=([0]+=x)', 'a=([0]+=x)'],
    ['a["$(case b in c) ;; esac)"]=x', 'a["$(case b in c) ;; esac)"]=x'],
    [`a["\${b:-'}"]=x`, `a["\${b:-'}"]=x`],
    ['a | b a=(c) |& d', 'a | b a=(c) 2>&1 | d'],
    ['a["\\""]=x', `a['"']=x`],
    ['echo $[1+a[2]] $[)]', 'echo $[1+a[2]] $[)]'],
    ['! ! a', 'a'],
    ['${a[@]} ${#a[*]} ${a[$i]:-x} ${!x} ${!a[@]} ${!x*}', '${a[@]} ${#a[*]} ${a[$i]:-x} ${!x} ${!a[@]} ${!x*}'],
    ['${x^^} ${x,} ${x@Q} ${x/#a/b} ${x/%a}', '${x^^} ${x,} ${x@Q} ${x/#a/b} ${x/%a}'],
    ['a |& b', 'a 2>&1 | b'],
    ['cat <<< "$x" &>>f', 'cat <<< "$x" &>>f'],
    ['case a in a) b ;;& esac', 'case a in a) b ;;& esac'],
    ['a-b() { c; }', 'a-b() { c; }'],
    [`echo $"hi" $'\\u00e9'`, `echo $"hi" 'é'`],
  ])('%j', (text, expected) => {
    expect(reprint(text)).toBe(expected)
    expect(reprint(expected)).toBe(expected)
  })

  it('refuses by name what is not there', () => {
    expect(() => parse('echo @(a', { dialect: 'bash', isExtglob: () => true })).toThrow('expecting ")"')
    expect(() => reprint('echo $[1')).toThrow("syntax error: missing ']'")
  })

  it('is not taken for ash', () => {
    for (const text of ['a=(1)', 'cat <<<x', 'a |& b']) {
      expect(() => parse(text, { dialect: 'ash' })).toThrow('syntax error: unexpected')
    }
  })
})
