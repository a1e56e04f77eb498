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

/** A function that calls itself comes to an end. */
const GUARD = 'D=$D.; [ ${#D} -lt 9 ] || return 9; '
/** Not in every shell's arithmetic, so rare. */
const assignments = ['=', '+=', '-=', '*=', '/=', '%=', '<<=', '>>=', '&=', '|=', '^=']
const formats = fc.constantFrom(
  '%s',
  '<%5s>',
  '<%-4s>',
  '%d',
  '%03d',
  '%x',
  '%o',
  '%b',
  '%c',
  '%%',
  '%s-%s',
  '%.2s',
  '\\t%s\\n',
)
const quotedLiteral = literal.map(text => `'${text}'`)
const pattern = fc.constantFrom(
  ...[
    '*',
    '?',
    'a*',
    '*b',
    '[a-c]*',
    '[!a]',
    '*:',
    ':*',
    '"*"',
    "'?'",
    '',
    '[[:alpha:]]*',
    '*[[:space:]]*',
    '[]a]',
    '[!]a]*',
  ],
  ...['\\*', '*\\ *', '"$a"', '$b', '"$x"*', '??*', '[a', '*[.*', 'f[!o]o', '[\\*]', "[a'-'z]", '*"b  c"'],
)
const signal = fc.constantFrom('EXIT', '0', 'USR1', 'TERM', 'USR2', 'HUP')

const { script } = fc.letrec<Record<'script' | 'commands' | 'command' | 'word' | 'expansion' | 'arithmetic', string>>(
  tie => {
    const shallow = { depthSize: 'small', withCrossShrink: true } as const
    const word = tie('word')
    const commands = tie('commands')
    const condition = fc.oneof(
      shallow,
      fc.constantFrom(
        'true',
        'false',
        '[ "$a" = foo ]',
        '[ -n "$b" ]',
        '[ "$x" -gt 1 ] 2>/dev/null',
        '! true',
        '! false',
      ),
      fc.constantFrom(
        '[ $# -eq 0 ]',
        'test -f f1',
        '[ ! -s f1 ]',
        '[ "$1" = x -o -n "$2" ]',
        'case $a in f*) ;; *) false;; esac',
      ),
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
      join(fc.constantFrom('x', 'c'), fc.constantFrom(...assignments), number),
      join(tie('arithmetic'), ' ', fc.constantFrom(...operators), ' ', tie('arithmetic')),
    )
    const inner = fc.oneof(
      shallow,
      word,
      fc.constantFrom('a b', '"a  b"', "'*'", '$a$b', '"$@"', '$*', 'x"$b"y', '~', '}', '\\}'),
    )
    const expansion = fc.oneof(
      shallow,
      join('$', name),
      fc.constantFrom('$@', '$*', '$#', '$?', '$1', '${3}', '${#a}', '$-', '${#*}'),
      join(
        '${',
        name,
        fc.constantFrom(':-', '-', ':=', '=', ':+', '+'),
        inner.filter(text => text !== '}'),
        '}',
      ),
      join('${', name, fc.constantFrom('#', '##', '%', '%%'), pattern, '}'),
      join(
        '${',
        fc.constantFrom('1', '2', '@', '*'),
        fc.constantFrom(':-', '-', ':+', '+'),
        inner.filter(text => text !== '}'),
        '}',
      ),
      join('${', fc.constantFrom('1', 'a', 'nope'), fc.constantFrom('?', ':?'), fc.constantFrom('', 'gone'), '}'),
      join('$(', fc.constantFrom('echo', 'printf %s'), ' ', word, ')'),
      join('`echo ', fc.constantFrom('\\$a', '"$b"', '\\`echo q\\`', '\\\\', "'$a'", '$((1+1))'), '`'),
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
    const redirection = fc.constantFrom(
      '>|f1',
      '<>f4',
      '3>&1 >&3',
      '>f3 2>&1',
      '2>&-',
      '3>&2 2>&1 1>&3',
      '>&- 2>/dev/null',
      '>f1',
      '>>f1',
      '2>&1',
      '>/dev/null',
      '2>f2',
      '<f1',
      '>&2',
      '3>f3',
      '</nope',
    )
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
      join("printf '", formats, "' ", many(word, { max: 3, by: ' ' }), '; echo'),
      join('trap ', fc.constantFrom("'echo t1 $?'", '"echo t2 $a"', "''", '-', "'exit 3'", "'return'"), ' ', signal),
      fc.constantFrom(
        'kill -USR1 $$; echo after',
        'kill -s TERM $$; echo after',
        '(exit 3); echo $?',
        '(trap; echo sub)',
        'trap',
      ),
      fc.constantFrom(
        'exec 3>f5',
        'echo three >&3',
        'exec 3>&-',
        'cat f5',
        'exec 4<f1; read l <&4; echo "$l"; exec 4<&-',
        'exec 2>&1',
      ),
      fc.constantFrom(
        'set -e',
        'set +e',
        'set -- "$@" new',
        'set -- "a b" "" c',
        'set --',
        'set -C',
        'set +C',
        'unset -f f',
        'unset b x',
      ),
      fc.constantFrom(
        'echo out & wait',
        '(exit 5) & wait $!; echo $?',
        'wait',
        '{ echo bg; exit 2; } & wait $!; echo $?',
      ),
      fc.constantFrom(
        'export a; sh -c "echo \\$a"',
        'a=env sh -c "echo \\$a"',
        'readonly r=1; echo $r',
        'command -v f',
        'command echo hi',
      ),
      fc.constantFrom(
        'echo "echo dot \\$1" >d; . ./d; echo $?',
        'eval \'for i in 1 2; do echo "$i"; done\'',
        'eval "$b"',
        'cd /tmp; pwd; cd "$OLDPWD"',
      ),
      fc.constantFrom(
        'while getopts ab:c o -a -b val -c rest; do echo "$o=$OPTARG"; done; echo $OPTIND',
        'OPTIND=1; getopts x: o "$@"; echo "$?$o$OPTARG"',
      ),
      join(
        "printf '",
        fc.constantFrom('a b c\\n', 'one:two:three\\n', ' lead trail \\n', 'back\\\\slash\\n', 'no end', ''),
        "' | { ",
        fc.constantFrom('', 'IFS=: ', 'IFS= '),
        fc.constantFrom('read a b', 'read -r a', 'read x'),
        '; echo "$?|$a|$b|$x"; }',
      ),
      join('for i in "$@" ', many(word, { max: 2, by: ' ' }), '; do printf "[%s]" "$i"; done; echo'),
      join('set -- ', many(word, { max: 3, by: ' ' }), '; printf "<%s>" "$@" "x$@y" "$*"; echo'),
      join('x=$((', arithmetic, ')); echo $x'),
      join('echo "$((', arithmetic, '))" $((', arithmetic, '))'),
      join(
        'test ',
        many(
          fc.oneof(
            word,
            fc.constantFrom('=', '!=', '-n', '-z', '!', '-a', '-o', '(', ')', '-lt', '-eq').map(each => `'${each}'`),
          ),
          { max: 4, by: ' ' },
        ),
        '; echo $?',
      ),
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
      join(fc.constantFrom('f', 'g'), `() { ${GUARD}local a=loc 2>/dev/null; `, commands, '\n}'),
      join(fc.constantFrom('f', 'g'), `() ( ${GUARD}`, commands, '\n)'),
      join(
        fc.constantFrom('f', 'g'),
        `() { ${GUARD}`,
        commands,
        '\n}',
        fc.constantFrom(' >f2', ' 2>&1', ' <f1 2>/dev/null'),
      ),
      join('until ', condition, '; do ', commands, '\nbreak; done'),
      join(
        'for i in 1 2; do for j in a b; do ',
        commands,
        '\n',
        condition,
        fc.constantFrom(' && break 2', ' && continue 2', ' || break', ''),
        '; echo $i$j; done; done',
      ),
      join('if ', condition, '; then ', commands, '\nelif ', condition, '; then ', commands, '\nfi'),
      join(
        'r() { [ "$1" -gt 2 ] && return $1; echo "r$1"; r $(($1+1)); echo "back$1 $?"; }; r ',
        fc.constantFrom('0', '1', '5'),
      ),
      join(
        'while read -r l',
        fc.constantFrom('', ' m'),
        '; do ',
        commands,
        '\necho "l=$l"; done <<E\n',
        many(fc.oneof(expansion, literal), { max: 2, by: '\n' }),
        '\nE\n',
      ),
      join('{ ', commands, '\n} <<-E\n\t', many(fc.oneof(expansion, literal), { max: 2, by: ' ' }), '\n\tE\n'),
    )
    const command = fc.oneof(
      shallow,
      { arbitrary: simple, weight: 6 },
      join(compound, fc.constantFrom('', '', ' >f2', ' 2>/dev/null')),
      join('echo ', word, ' ', redirection),
      join(
        tie('command'),
        ' | ',
        fc.constantFrom(
          'cat',
          'wc -l',
          'tr a-z A-Z',
          'while read l; do echo "<$l>"; done',
          'sort',
          'sed s/a/A/',
          'head -n 1',
          '(read q; echo "q=$q"; cat)',
          'cat -',
          'f',
        ),
      ),
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
