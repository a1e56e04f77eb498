// Random scripts that end, whose output says everything they did: words, expansions, redirections, control flow, traps.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell scripts are full of them

import fc from 'fast-check'

const name = fc.constantFrom('a', 'b', 'c', 'x', 'y1')
const number = fc.constantFrom('0', '1', '2', '7', '-3', '10', '0x1f', '010', '4294967296')
const literal = fc.constantFrom(
  'foo',
  'a b',
  'b*',
  '/tmp',
  'a:b:c',
  'x=1',
  '-n',
  '~',
  '',
  '*',
  '[a-c]',
  'é',
  '\\',
  '#',
  '{}',
)
const operators = ['+', '-', '*', '/', '%', '<<', '>>', '<', '<=', '==', '!=', '&', '|', '^', '&&', '||', ',']

function join(...all: (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> {
  return fc.tuple(...all.map(each => (typeof each === 'string' ? fc.constant(each) : each))).map(each => each.join(''))
}

function many(each: fc.Arbitrary<string>, how: { min?: number; max: number; by: string }): fc.Arbitrary<string> {
  return fc.array(each, { minLength: how.min ?? 0, maxLength: how.max }).map(all => all.join(how.by))
}

const quotedLiteral = literal.map(text => `'${text}'`)
const pattern = fc.constantFrom('*', '?', 'a*', '*b', '[a-c]*', '[!a]', '*:', ':*', '"*"', "'?'", '')

const { script } = fc.letrec<Record<'script' | 'commands' | 'command' | 'word' | 'expansion' | 'arithmetic', string>>(
  tie => {
    const shallow = { depthSize: 'small', withCrossShrink: true } as const
    const word = tie('word')
    const commands = tie('commands')
    const condition = fc.oneof(
      shallow,
      fc.constantFrom('true', 'false', '[ "$a" = foo ]', '[ -n "$b" ]', '[ "$x" -gt 1 ] 2>/dev/null'),
      tie('command'),
    )
    const arithmetic = fc.oneof(
      shallow,
      number,
      name,
      fc.constantFrom('x+=2', 'c++', '--x', 'a=5', '$x', '${#b}'),
      join('(', tie('arithmetic'), fc.constantFrom(...operators), tie('arithmetic'), ')'),
      join(tie('arithmetic'), '?', tie('arithmetic'), ':', tie('arithmetic')),
      join(fc.constantFrom('-', '~', '!'), '(', tie('arithmetic'), ')'),
    )
    const expansion = fc.oneof(
      shallow,
      join('$', name),
      fc.constantFrom('$@', '$*', '$#', '$?', '$1', '${3}', '${#a}', '$-', '${#*}'),
      join('${', name, fc.constantFrom(':-', '-', ':=', '=', ':+', '+'), word, '}'),
      join('${', name, fc.constantFrom('#', '##', '%', '%%'), pattern, '}'),
      join('${', name, ':', fc.constantFrom('0', '1', '2', ' -1'), fc.constantFrom('', ':1', ':0', ':$x'), '}'),
      join(
        '${',
        name,
        fc.constantFrom('/', '//'),
        pattern.filter(text => text !== ''),
        '/',
        fc.constantFrom('', 'Z'),
        '}',
      ),
      join('$((', arithmetic, '))'),
      join('$(', commands, ')'),
      join('`', fc.constantFrom('echo foo', 'echo $a', 'false', 'printf "a b"'), '`'),
    )
    const redirection = fc.constantFrom('>f1', '>>f1', '2>&1', '>/dev/null', '2>f2', '<f1', '>&2', '3>f3', '</nope')
    const simple = fc.oneof(
      { arbitrary: join('echo ', many(word, { max: 3, by: ' ' })), weight: 4 },
      { arbitrary: join("printf '<%s>' ", many(word, { min: 1, max: 3, by: ' ' }), '; echo'), weight: 4 },
      join(name, '=', word),
      join(name, '=', word, ' ', name, '=', word, '; echo "$a-$b"'),
      join('set -- ', many(word, { max: 4, by: ' ' }), '; echo $#'),
      join(
        fc.constantFrom('IFS=:', "IFS=' '", 'unset IFS', "IFS=''", 'unset a', 'set -f', 'set +f', 'set -u', 'set +u'),
      ),
      join('shift ', fc.constantFrom('', '1', '2', '9')),
      join('cat <<E\n', many(fc.oneof(expansion, literal), { max: 3, by: ' ' }), '\nE\n'),
      join("cat <<'E'\n", many(literal, { max: 2, by: '\n' }), '\nE\n'),
      join('[ ', word, fc.constantFrom(' = ', ' != ', ' -eq ', ' -lt '), word, ' ]; echo $?'),
      join(
        'case ',
        word,
        ' in ',
        pattern.filter(text => text !== ''),
        ') echo one;; *) echo two;; esac',
      ),
      join('eval ', quotedLiteral, '; echo $?'),
      fc.constantFrom(
        'pwd',
        'cat f1',
        'echo *',
        'wc -c <f1',
        'read a b <f1; echo "$a|$b"',
        'trap',
        'f',
        'f 1 2',
        'g a',
      ),
      join('trap "echo trapped" ', fc.constantFrom('EXIT', '0', 'USR1', 'TERM')),
      join('kill -USR1 $$'),
      join('return ', fc.constantFrom('', '3')),
      join('exit ', fc.constantFrom('', '0', '4')),
      join('type ', fc.constantFrom('cd', 'f', 'nope', 'if', 'export')),
    )
    const compound = fc.oneof(
      shallow,
      join('{ ', commands, '\n}'),
      join('(', commands, '\n)'),
      join('if ', condition, '; then ', commands, '\nelse ', commands, '\nfi'),
      join('for ', name, ' in ', many(word, { max: 3, by: ' ' }), '; do ', commands, '\ndone'),
      join('n=0; while [ $n -lt 3 ]; do n=$((n+1)); ', commands, '\ndone'),
      join('for i in 1 2 3; do ', condition, fc.constantFrom(' && break', ' && continue', ''), '; echo $i; done'),
      join('case ', word, ' in (', pattern, '|a) ', commands, '\n;; *) ', commands, '\n;; esac'),
      join(fc.constantFrom('f', 'g'), '() { local a=loc 2>/dev/null; ', commands, '\n}'),
    )
    const command = fc.oneof(
      shallow,
      { arbitrary: simple, weight: 6 },
      join(compound, fc.constantFrom('', '', ' >f2', ' 2>/dev/null')),
      join('echo ', word, ' ', redirection),
      join(tie('command'), ' | ', fc.constantFrom('cat', 'wc -l', 'tr a-z A-Z', 'while read l; do echo "<$l>"; done')),
      join(fc.constantFrom('! ', ''), condition, fc.constantFrom(' && ', ' || '), 'echo ', word),
    )
    return {
      arithmetic,
      expansion,
      command,
      word: fc.oneof(
        shallow,
        { arbitrary: quotedLiteral, weight: 2 },
        fc.constantFrom('foo', 'a*', 'f?', '~', '/tmp', '1', '2', "''", '\\*', 'a\\ b', "$'\\t'"),
        { arbitrary: expansion, weight: 3 },
        {
          arbitrary: join(
            '"',
            many(fc.oneof(expansion, fc.constantFrom('foo', ' ', '*', "'")), { max: 3, by: '' }),
            '"',
          ),
          weight: 3,
        },
        join(fc.constantFrom('x', '"q q"'), expansion),
      ),
      commands: many(command, { min: 1, max: 3, by: '\n' }),
      script: join("a='foo' b='a b  c' x=2\n", many(command, { min: 1, max: 6, by: '\n' }), '\necho "end $?"\n'),
    }
  },
)

export const scripts: fc.Arbitrary<string> = script
