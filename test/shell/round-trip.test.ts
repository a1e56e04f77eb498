// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell scripts are full of them
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from '../../shell/parser.ts'
import { print } from '../../shell/printer.ts'
import type { List } from '../../shell/syntax.ts'
import { ShellSyntaxError } from '../../shell/syntax-error.ts'
import { noise, syntax } from '../fuzz/noise.ts'
import { roundTrip } from '../fuzz/round-trip.ts'

const name = fc.constantFrom('a', 'b', 'x', 'foo', '_y1')
const plain = fc.constantFrom(
  'a',
  'b*',
  '[x]',
  '~',
  'foo',
  '12',
  '-n',
  'a=b',
  'if',
  'done',
  '{',
  '}',
  '!',
  ':',
  '#',
  'é',
  '%',
  '/',
)
const raw = fc.constantFrom('a', ' ', '*', '\n', '}', '{', '(', ')', ':', '/', '#', ';', '&', 'é', '~', '\t', 'E')

const { script } = fc.letrec<Record<string, string>>(tie => {
  const text = (members: fc.Arbitrary<string>, most: number) =>
    fc.array(members, { maxLength: most }).map(all => all.join(''))
  const join = (...all: (string | fc.Arbitrary<string>)[]) =>
    fc.tuple(...all.map(each => (typeof each === 'string' ? fc.constant(each) : each))).map(each => each.join(''))
  const shallow = { depthSize: 'small', withCrossShrink: true } as const
  const word = tie('word')
  const list = tie('list')
  const quoted = tie('quoted')
  const inBraces = text(
    fc.oneof({ arbitrary: fc.constantFrom('a', ' b', '*', "'}'", '\\}', '"c d"'), weight: 4 }, tie('expansion')),
    3,
  )
  const safeRaw = raw.filter(each => !'(){}'.includes(each))
  const condition = fc.oneof(shallow, tie('simple'), tie('andOr'), list)
  const body = join(list, fc.constantFrom('; ', '\n', ' & '))
  return {
    script: tie('list'),
    expansion: fc.oneof(
      shallow,
      join('$', name),
      fc.constantFrom('$@', '${#}', '$1', '${10}', '$?', '${#x}', '${!x}', '${x:}y}'),
      join('${', name, fc.constantFrom(':-', '-', ':=', '?', ':+', '#', '##', '%', '%%'), inBraces, '}'),
      join('${', name, fc.constantFrom('/', '//'), inBraces, fc.constantFrom('', '/', '/z', '/"q"'), '}'),
      join(
        '${',
        name,
        ':',
        fc.constantFrom('1', '(1)', '$y', ' -2', '"a:b"'),
        fc.constantFrom('', ':', ':2', ':$((1))'),
        '}',
      ),
      join('$(', list, fc.constantFrom(')', '\n)', ' )')),
      join('$((', text(fc.oneof(fc.constantFrom('1', '+', ' x', '(2)', '\\$', '"'), tie('expansion')), 4), '))'),
    ),
    quoted: join(
      '"',
      text(fc.oneof(raw, fc.constantFrom('\\"', '\\$', '\\\\', '\\a', "'", '\\\n'), tie('expansion')), 4),
      '"',
    ),
    word: text(
      fc.oneof(
        shallow,
        { arbitrary: plain, weight: 6 },
        fc.constantFrom('\\ ', '\\*', "'a b'", "'\n'", '""', "''", "$'\\t'", '$', '\\\n', '\\"', "\\'"),
        quoted,
        tie('expansion'),
        join('<(', list, ')'),
      ),
      3,
    ).filter(each => each !== '' && !each.startsWith('#') && !/^(\\\n)+#?$|^(\\\n)+#/.test(each)),
    redirection: fc.oneof(
      shallow,
      join(fc.constantFrom('', '2', '10'), fc.constantFrom('<', '>', '>>', '<>', '>|', '<&', '>&'), ' ', word),
      join('&> ', word),
    ),
    simple: join(
      fc.constantFrom('', 'x=1 ', 'x= y="a b" ', '>f '),
      fc.constantFrom('echo', 'a', "'b'", '$x', '[[ a'),
      text(join(' ', fc.oneof({ arbitrary: word, weight: 3 }, tie('redirection'))), 3),
    ),
    compound: fc.oneof(
      shallow,
      join('{ ', body, '}'),
      join('(', list, ')'),
      join(
        'if ',
        condition,
        '; then ',
        body,
        fc.constantFrom('', 'elif a; then b; '),
        fc.constantFrom('', 'else c\n'),
        'fi',
      ),
      join(fc.constantFrom('while ', 'until '), condition, '\ndo ', body, 'done'),
      join('for x', fc.constantFrom('', ' in', ' in a "b c" $d', '\n\nin *'), '; do ', body, 'done'),
      join(
        'case ',
        word,
        ' in ',
        text(
          join(
            fc.constantFrom('a', '(b', '*|"c"', '(esac'),
            ') ',
            fc.oneof(list, fc.constant('')),
            fc.constantFrom(';; ', '\n;;\n', ' ;& '),
          ),
          2,
        ),
        'esac',
      ),
      join(name, fc.constantFrom('() ', '()\n'), tie('command')),
    ),
    command: fc.oneof(
      shallow,
      { arbitrary: tie('simple'), weight: 4 },
      join(tie('compound'), fc.constantFrom('', ' >f', ' 2>&1 <g')),
      tie('documented'),
    ),
    // A here-document needs its newline at once, so it stands in braces of its own.
    documented: fc
      .tuple(
        fc.constantFrom('<<E', '<<-E', "<<'E'", '2<<"E"'),
        text(
          fc.oneof(safeRaw, fc.constantFrom('\\\n', '\\$', '\\a', '"'), fc.constantFrom('$x', '$(a)', '${x:-"q"}')),
          6,
        ),
      )
      .map(([operator, lines]) => `{ cat ${operator} w\n${lines}\nE\n}`),
    andOr: join(
      fc.constantFrom('', '! '),
      tie('command'),
      text(join(fc.constantFrom(' && ', ' || ', ' |\n', ' | '), tie('command')), 2),
    ),
    list: join(tie('andOr'), text(join(fc.constantFrom('; ', '\n', ' & '), tie('andOr')), 2)),
  }
})

function read(text: string): List[] {
  return parse(text, { dialect: 'ash' }).filter(list => list.items.length > 0)
}

/** The tree without positions. */
function shape(value: unknown): string {
  return JSON.stringify(value, (key, each: unknown) => (key === 'line' || key === 'offset' ? undefined : each))
}

function expectIdentity(text: string): void {
  for (const command of read(text)) {
    const printed = print(command)
    expect(shape(read(printed)), printed).toBe(shape([command]))
  }
}

describe('what is printed reads back as the same tree', () => {
  it('for random scripts', () => {
    let accepted = 0
    let tried = 0
    fc.assert(
      fc.property(script!, text => {
        tried++
        try {
          read(text)
        } catch (error) {
          if (error instanceof ShellSyntaxError) return
          throw error
        }
        accepted++
        expectIdentity(text)
      }),
      { numRuns: 3000 },
    )
    // The generator is worth something only when most of what it makes is a script.
    expect(accepted / tried).toBeGreaterThan(0.6)
  })

  it.each([
    'cat <<E\nE\\\n\nE\n',
    'cat <<-E\n\\\n\ta\nE\n',
    '>x if true',
    "a 1 >b '2' >c",
    '${x//} ${x////} ${x///}',
    '"${x:-""}" ${x:-""}',
    '$`a`',
    "$'x'$x'y'",
    'a <<A <<"B" | b; c &\n1\nA\n2\nB\n',
    'case x in (esac) a <<E;; b) ;; esac\n1\nE\n',
    '( (a) ); $( (a) )',
    'a < <(b)',
    'cat <<E <<F\nno end',
    'function in { a; }',
    'echo $((1)+2))',
  ])('%j', expectIdentity)
})

// `npm run fuzz -- parser` draws as many as one likes.
describe.each(['ash', 'bash'] as const)('a share of the fuzzing, in %s', dialect => {
  const outcomes = (texts: fc.Arbitrary<string>) => {
    const readings = fc.sample(texts, { seed: 1, numRuns: 1500 }).map(text => roundTrip(text, dialect))
    expect(readings.flatMap(each => (each.outcome === 'fault' ? each.what.slice(0, 500) : []))).toEqual([])
    return readings.filter(each => each.outcome === 'same').length / readings.length
  }

  it('the whole grammar', () => {
    expect(outcomes(syntax)).toBeGreaterThan(dialect === 'bash' ? 0.5 : 0.2)
  })

  it('noise, and scripts with something wrong', () => {
    expect(outcomes(noise([]))).toBeGreaterThan(0.2)
  })
})

describe('no input crashes the parser', () => {
  const tokens = [
    ...' \t\n\'"`$\\|&;<>(){}#!=*~/:-+?%@[]0a',
    '$(',
    '${',
    '$((',
    '<<',
    'if ',
    'do ',
    'case ',
    ' in ',
    ' esac ',
    '<<E\n',
  ]

  it.each(['ash', 'bash'] as const)('random text, in %s', dialect => {
    const noise = fc.array(fc.constantFrom(...tokens), { maxLength: 40 }).map(all => all.join(''))
    const anything = fc.oneof(noise, fc.string({ unit: 'binary', maxLength: 60 }))
    fc.assert(
      fc.property(anything, text => {
        try {
          for (const command of parse(text, { dialect })) print(command)
        } catch (error) {
          expect(error).toBeInstanceOf(ShellSyntaxError)
        }
      }),
      { numRuns: 20000 },
    )
  })

  it.each([
    '(',
    '{ ',
    '$(',
    '"$(',
    '`',
    '${x:-',
    '"${x:-',
    '$((',
    '<(',
    'if ',
    'case x in x) ',
    'f() ',
    'a && ',
    'a | ',
    '! ',
  ])('100000 times %j', piece => {
    for (const dialect of ['ash', 'bash'] as const) {
      try {
        parse(piece.repeat(100_000), { dialect })
      } catch (error) {
        expect(error).toBeInstanceOf(ShellSyntaxError)
      }
    }
  })

  it('says so when the nesting is too deep', () => {
    expect(() => parse('('.repeat(100_000), { dialect: 'ash' })).toThrow('syntax error: nesting too deep')
  })
})
