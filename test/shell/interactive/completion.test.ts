import { describe, expect, it } from 'vitest'
import { type CompletionContext, completeLine, type DirectoryEntry } from '../../../shell/interactive/completion.ts'

const DIRECTORIES: ReadonlyMap<string, string[]> = new Map([
  ['.', ['alpha', 'my file', "it's", 'src/', '.hidden', '日本']],
  ['src/', ['main.ts', 'my dir/']],
  ['src/my dir/', ['one', 'only']],
  ['/', ['usr/', 'etc/', 'tmp/']],
  ['/home/me', ['notes']],
  ['/usr/', ['bin/', 'lib/']],
  ['/home/me/', ['notes', 'my music/']],
  ['/root/', ['secret']],
])

const context: CompletionContext = {
  commands: () => ['echo', 'cd', 'if', 'export'],
  executables: () => ['ls', 'less', 'echo', 'head'],
  entries: directory =>
    DIRECTORIES.get(directory)?.map(
      (name): DirectoryEntry => ({ name: name.replace('/', ''), isDirectory: name.endsWith('/') }),
    ),
  variables: () => ['HOME', 'HOSTNAME', 'PATH'],
  variable: name => (name === 'HOME' ? '/home/me' : undefined),
  users: () => ['root', 'roger'],
  home: user => (user === undefined ? '/home/me' : user === 'root' ? '/root' : undefined),
  options: command =>
    command === 'head' ? [{ text: '-n', about: 'Stop after N lines' }, { text: '-c' }, { text: '--help' }] : [],
}

/** The line after each candidate was taken. `|` is the cursor; at the end by default. */
function completed(line: string): string[] {
  const cursor = line.includes('|') && !line.includes(' | ') ? line.indexOf('|') : line.length
  const text = line.slice(0, cursor)
  const { from, candidates } = completeLine(text, cursor, context)
  return candidates.map(candidate => text.slice(0, from) + candidate.text + (candidate.suffix ?? ' '))
}

describe('commands', () => {
  const cases: readonly [line: string, ...completed: string[]][] = [
    ['ec', 'echo '],
    ['l', 'less ', 'ls '],
    ['ls; he', 'ls; head '],
    ['ls | he', 'ls | head '],
    ['X=1 he', 'X=1 head '],
    ['if ec', 'if echo '],
    ['while true; do ec', 'while true; do echo '],
    ['echo $(he', 'echo $(head '],
    ['echo "$(he', 'echo "$(head '],
    ['sudo he', 'sudo head '],
    ['(he', '(head '],
    ['sr', 'src/'],
    ['nothing'],
  ]
  it.each(cases)('%s', (line, ...lines) => expect(completed(line)).toEqual(lines))
})

describe('paths', () => {
  const cases: readonly [line: string, ...completed: string[]][] = [
    ['ls al', 'ls alpha '],
    ['ls my', 'ls my\\ file '],
    ['ls my\\ f', 'ls my\\ file '],
    ['ls "my', 'ls "my file" '],
    ['ls "my f', 'ls "my file" '],
    ["ls 'my", "ls 'my file' "],
    ['ls my" f', 'ls "my file" '],
    ['ls "my f"i', 'ls my\\ file '],
    ['ls it', "ls it\\'s "],
    ["ls 'it", "ls 'it'\\''s' "],
    ['ls s', 'ls src/'],
    ['ls src/m', 'ls src/main.ts ', 'ls src/my\\ dir/'],
    ['ls src/my\\ dir/on', 'ls src/my\\ dir/one ', 'ls src/my\\ dir/only '],
    ['ls "src/my dir/on', 'ls "src/my dir/one" ', 'ls "src/my dir/only" '],
    ['ls "src/my', 'ls "src/my dir/'],
    ['ls /u', 'ls /usr/'],
    ['ls ~/no', 'ls ~/notes '],
    ['ls ~root/s', 'ls ~root/secret '],
    ['ls $HOME/my', 'ls $HOME/my\\ music/'],
    ['ls "$HOME/my', 'ls "$HOME/my music/'],
    ['ls > al', 'ls > alpha '],
    ['ls 2>al', 'ls 2>alpha '],
    ['PATH=/usr:/e', 'PATH=/usr:/etc/'],
    ['dd if=al', 'dd if=alpha '],
    ['ls .h', 'ls .hidden '],
    ['ls 日', 'ls 日本 '],
    ['ls nowhere/x'],
  ]
  it.each(cases)('%s', (line, ...lines) => expect(completed(line)).toEqual(lines))

  it('hides names with a dot', () => expect(completed('ls ')).not.toContain('ls .hidden '))
})

describe('others', () => {
  const cases: readonly [line: string, ...completed: string[]][] = [
    ['echo $HO', 'echo $HOME/', 'echo $HOSTNAME '],
    ['echo "${PA', 'echo "${PATH}'],
    ['echo "$PA', 'echo "$PATH'],
    ["echo '$PA"],
    ['ls ~ro', 'ls ~roger/', 'ls ~root/'],
    ['head -', 'head --help ', 'head -c ', 'head -n '],
    ['head --h', 'head --help '],
    ['head -- -'],
    ['ls -'],
  ]
  it.each(cases)('%s', (line, ...lines) => expect(completed(line)).toEqual(lines))

  it('an option is listed with what it does', () => {
    expect(completeLine('head -n', 7, context).candidates[0]?.display).toBe('-n  (Stop after N lines)')
  })
})
