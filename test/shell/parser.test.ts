// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell scripts are full of them
import { describe, expect, it } from 'vitest'
import { Parser, parse } from '../../shell/parser.ts'
import { print } from '../../shell/printer.ts'
import type { List, Simple, Word, WordPart } from '../../shell/syntax.ts'
import { ShellSyntaxError } from '../../shell/syntax-error.ts'

function simple(text: string, dialect: 'ash' | 'bash' = 'ash'): Simple {
  const command = parse(text, { dialect })[0]?.items[0]?.command
  if (command?.kind !== 'simple') throw new Error('not a simple command')
  return command
}

/** A word's parts in short: quoted text in [], unquoted as it is. */
function show(word: Word): string {
  return word.parts.map(showPart).join('')
}

function showPart(part: WordPart): string {
  if (part.kind === 'literal') return part.quoted ? `[${part.text}]` : part.text
  if (part.kind === 'process-substitution') return `${part.operator}(${print(part.body)})`
  const text =
    part.kind === 'parameter'
      ? parameter(part)
      : part.kind === 'arithmetic'
        ? `((${show(part.expression)}))`
        : `(${print(part.body)})`
  return part.quoted ? `[$${text}]` : `$${text}`
}

function parameter(part: Extract<WordPart, { kind: 'parameter' }>): string {
  const operation = part.operation
  if (operation === undefined) return part.name
  const words = Object.entries(operation).map(([key, value]) => {
    return key === 'kind'
      ? String(value)
      : typeof value === 'object' && value !== null
        ? `{${show(value)}}`
        : String(value)
  })
  return `<${part.name} ${words.join(' ')}>`
}

describe('words', () => {
  it.each([
    ['a\\*b', 'a[*]b'],
    [`'a b'"c"d`, '[a bc]d'],
    [`''`, '[]'],
    [`""`, '[]'],
    [`"$x"`, '[$x]'],
    [`"a$x"y`, '[a][$x]y'],
    ['$x$1$10$@', '$x$1$10$@'],
    ['${x}y', '$xy'],
    ['${10}', '$10'],
    ['$', '[$]'],
    ['a$,b', 'a[$],b'],
    ['a\\\nb', 'ab'],
    ['$a\\\nb', '$ab'],
    [`$'a\\tb\\x41\\101\\'\\e'`, "[a\tbAA'\x1b]"],
    [`$'\\xc3\\xa9\\u00e9'`, '[é\\u00e9]'],
    ['"$\'a\'"', `[$'a']`],
    ['${#}', '$#'],
    ['${##}', '$<# length>'],
    ['${#x}', '$<x length>'],
    ['${#-}', '$<- length>'],
    ['${#-x}', '$<# default - false {x}>'],
    ['${##x}', '$<# trim # {x}>'],
    ['${x:-a b}', '$<x default - true {a b}>'],
    ['"${x:-a "b}" c}"', '[$<x default - true {[a b} c]}>]'],
    [`"\${x-'a'}"`, `[$<x default - false {['a']}>]`],
    [`"\${x#'a}'}"`, '[$<x trim # {[a}]}>]'],
    ['${x%%*.c}', '$<x trim %% {*.c}>'],
    ['${x:1:2}', '$<x substring {[1]} {[2]}>'],
    ['${x:(1):$y}', '$<x substring {[(1)]} {[$y]}>'],
    ['${x////_}', '$<x replace // {/} {_}>'],
    ['${x/a}', '$<x replace / {a} {}>'],
    ['${!x}', '$<! bad !x>'],
    ['$((1+(2)*$x))', '$(([1+(2)*][$x]))'],
    ['$(a; b)', '$(a; b)'],
    ['`a; b`', '$(a; b)'],
    ['`echo \\`a\\` \\$x`', '$(echo $(a) $x)'],
    ['"`echo \\"a b\\"`"', "[$(echo 'a b')]"],
    ['x<(a)', 'x<(a)'],
    ['~/x', '~/x'],
    ['a#b', 'a#b'],
  ])('%j', (text, expected) => expect(show(simple(`w ${text}`).words[1]!)).toBe(expected))
})

describe('simple commands', () => {
  it('takes assignments only before the first word and only with an unquoted name', () => {
    const { assignments, words } = simple('a=1 b="2 3" \\c=4 d=5')
    expect(assignments.map(each => `${each.name}:${show(each.value)}`)).toEqual(['a:1', 'b:[2 3]'])
    expect(words.map(show)).toEqual(['[c]=4', 'd=5'])
  })

  it('reads digits right before a redirection as its descriptor', () => {
    const { redirections, words } = simple('a 2>b 3 <c 4<&5 x6>|d &>e <>f')
    expect(words.map(show)).toEqual(['a', '3', 'x6'])
    expect(redirections.map(each => `${each.fd ?? ''} ${each.kind}`)).toEqual([
      '2 file',
      ' file',
      '4 duplicate',
      ' file',
      ' file',
      ' file',
    ])
  })

  it('says -a and -o for && and || between [[ and ]] (ash)', () => {
    expect(simple('[[ a && b || c ]]').words.map(show).join(' ')).toBe('[[ a -a b -o c ]]')
    expect(parse('[[ a ]] && b', { dialect: 'ash' })[0]?.items[0]?.command.kind).toBe('and-or')
  })

  it('keeps positions: the line of each command and the offset of each word', () => {
    const [first, second] = parse('a \\\nb\n\nc "x\ny" d\n', { dialect: 'ash' })
    expect(first?.line).toBe(1)
    expect(second?.line).toBe(4)
    const command = second?.items[0]?.command
    expect(command?.kind === 'simple' && command.words.map(word => [word.line, word.offset])).toEqual([
      [4, 7],
      [4, 9],
      [5, 15],
    ])
  })
})

describe('here-documents', () => {
  function bodies(text: string): string[] {
    const found: string[] = []
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      if ('kind' in value && value.kind === 'here-document' && 'body' in value) {
        // The door to an untyped walk: a here-document's body is a Word.
        found.push(show(value.body as Word))
      }
      for (const child of Object.values(value)) visit(child)
    }
    parse(text, { dialect: 'ash' }).forEach(visit)
    return found
  }

  it.each([
    ['cat <<E\na $x\nE\n', ['[a ][$x][\n]']],
    ['cat <<"E"\na $x\\\nE\n', ['[a $x\\\n]']],
    ['cat <<\\E\n`\nE\n', ['[`\n]']],
    ['cat <<A; cat <<B\n1\nA\n2\nB\n', ['[1\n]', '[2\n]']],
    ['cat <<-E\n\ta\n\t\tb $(c\n\td)\n\tE\n', ['[a\nb ][$(c; d)][\n]']],
    ['cat <<E\na\\\nb\nE\\\n\nE\n', ['[ab\nE\n]']],
    ['cat <<A && echo $(cat <<B\nb\nB\n)\na\nA\n', ['[a\n]', '[b\n]']],
    ['echo $(cat <<B)\nb\nB\n', ['[b\n]']],
    ['cat <<E\n"q" \\" \\$ ${x:-"a b"}\nE\n', ['["q" \\" $ ][$<x default - true {[a b]}>][\n]']],
    ['cat <<E\nno end', ['[no end]']],
  ])('%j', (text, expected) => expect(bodies(text)).toEqual(expected))
})

describe('one complete command at a time', () => {
  /** Hands the lines one by one and says how many it has handed. */
  function lines(...all: string[]) {
    let count = 0
    const source = { read: () => (count < all.length ? all[count++] : undefined) }
    return { source, count: () => count, add: (line: string) => all.push(line) }
  }

  it('reads no line further than the command needs', () => {
    const { source, count } = lines('a\n', 'if b\n', 'then c; fi\n', 'd\n')
    const parser = new Parser(source, { dialect: 'ash' })
    parser.next()
    expect(count()).toBe(1)
    parser.next()
    expect(count()).toBe(3)
    expect(parser.offset).toBe('a\nif b\nthen c; fi\n'.length)
  })

  it.each([
    [['while a\n'], 'do b; done\n', 'while a; do b; done'],
    [['echo "a\n'], 'b"\n', "echo 'a\nb'"],
    [['a &&\n'], 'b\n', 'a && b'],
    [['a \\\n'], 'b\n', 'a b'],
    [['cat <<E\n', 'x\n'], 'E\n', 'cat << E\nx\nE\n'],
    [['x=$(a\n'], 'b)\n', 'x=$(a; b)'],
    [['x=`a\n'], 'b`\n', 'x=$(a; b)'],
    [['f()\n'], '{ a; }\n', 'f() { a; }'],
  ])('%j is incomplete, and whole with %j', (first, more, expected) => {
    const { source, add } = lines('first\n', ...first)
    const parser = new Parser(source, { dialect: 'ash', partial: true })
    parser.next()
    expect(() => parser.next()).toThrow(expect.objectContaining({ name: 'ShellSyntaxError', isIncomplete: true }))
    add(more)
    expect(print(parser.next()!)).toBe(expected)
    expect(parser.next()).toBeUndefined()
    add('last\n')
    expect(print(parser.next()!)).toBe('last')
  })

  it('goes on after an error with the next line', () => {
    const parser = new Parser('a; do b\nc\n', { dialect: 'ash' })
    expect(() => parser.next()).toThrow('syntax error: unexpected "do"')
    expect(print(parser.next()!)).toBe('c')
  })

  it('does not call an error incomplete that no line can mend', () => {
    expect(() => new Parser('a; done', { dialect: 'ash', partial: true }).next()).toThrow(
      expect.objectContaining({ isIncomplete: false }),
    )
  })
})

describe('aliases', () => {
  function expand(text: string, aliases: Record<string, string>): string {
    const table = new Map(Object.entries(aliases))
    const commands: List[] = parse(text, { dialect: 'ash', lookupAlias: name => table.get(name) })
    return commands.map(print).join('\n')
  }

  it.each([
    ['ll x', { ll: 'ls -l' }, 'ls -l x'],
    ['a; x=1 a; >f a; ! a | a', { a: 'b' }, 'b; x=1 b; b >f; ! b | b'],
    ['\\a; "a"; echo a', { a: 'b' }, "'a'; 'a'; echo a"],
    ['a a a', { a: 'a b ' }, 'a b a b a b'],
    ['a', { a: 'b', b: 'a c' }, 'a c'],
    ['e b b', { e: 'echo ', b: 'c ' }, 'echo c c'],
    ['i; t echo; fi', { i: 'if true', t: 'then' }, 'if true; then echo; fi'],
    ['l a; done', { l: 'for i in x; do' }, 'for i in x; do a; done'],
    ['q y"', { q: 'echo "x' }, "echo 'x y'"],
    ['m x', { m: 'a\nb' }, 'a\nb x'],
    ['x', { x: 'y\nx', y: 'z' }, 'z\nx'],
    ['d\nfoo\nE', { d: 'cat <<E' }, 'cat << E\nfoo\nE\n'],
    ['n\na', { n: '' }, 'a'],
    ['e e', { e: 'x b ', b: 'c' }, 'x b x b'],
    ['a && n\nb | n\nc', { n: ' ' }, 'a && b | c'],
    ['l a; r', { l: '\n(', r: '\n)' }, '(a)'],
    ['f w in 1; do b; done', { f: 'for ', w: 'in ', in: 'x ' }, 'for x in 1; do b; done'],
    ['f for b; done', { f: 'for x ', for: 'in 2; do' }, 'for x in 2; do b; done'],
    ['c in a) b; esac', { c: 'case a ' }, 'case a in a) b ;; esac'],
    ['c p b; esac', { c: 'case a in ', p: '(x)' }, 'case a in x) b ;; esac'],
    ['f p\n{ a; }', { f: 'g ', p: '()' }, 'g() { a; }'],
    ['c e\nx\nE', { c: 'cat << ', e: 'E' }, 'cat << E\nx\nE\n'],
    ['if', { if: 'x' }, undefined],
  ])('%j', (text, aliases: Record<string, string>, expected) => {
    if (expected === undefined) expect(() => expand(text, aliases)).toThrow(ShellSyntaxError)
    else expect(expand(text, aliases)).toBe(expected)
  })
})
