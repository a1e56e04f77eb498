// Where ours differs from the real busybox and stays so, with the reason; `npm run fuzz` counts those apart.

/** What a command did; a crash of ours, or a box that never ends, is an answer too. */
export interface Answer {
  readonly stdout: string
  readonly stderr: string
  readonly status: number
  readonly left: readonly string[]
}

interface Known {
  readonly command: RegExp
  readonly why: string
  /** What the real one said; nothing: whatever it said. */
  readonly real?: RegExp
  /** What ours said. */
  readonly ours?: RegExp
}

const KNOWN: readonly Known[] = [
  { command: /^cmp .*-s.*-l|^cmp .*-l.*-s/, why: 'cmp -s -l: the real one exits with 0 although the files differ' },
  {
    command: /^seq /,
    real: /invalid option -- '\d'/,
    why: 'seq takes a negative number first, as busybox 1.36 and later do',
  },
  {
    command: /^awk .*\^/,
    real: /Math support is not compiled in/,
    why: 'the real one was built without powers, sines and the rest',
  },
  {
    command: /^find /,
    real: /unrecognized: -(delete|true|false|quit|samefile|executable|empty|links|regex|follow)/,
    why: 'the real one was built without that test',
  },
  {
    command: /^(head|tail) -\d/,
    real: /^-\d+: invalid option/,
    why: 'of head -2 -x the real one names itself -2',
  },
  {
    command: /^sed .*'0~2d'/,
    real: /unsupported command ~/,
    why: 'sed knows addresses as 0~2, as GNU sed does',
  },
  { command: /^sed .*\bl\b/, why: 'the real sed has no l; POSIX has' },
  {
    command: /^od .*-[ilLI]\b/,
    why: "Debian's od was built without the letters of the desktop: -i is two bytes and -l four",
  },
  {
    command: /^printf .*%\S*\*/,
    real: /invalid number/,
    why: 'a width that is no number leaves the real status 0',
  },
  {
    command: /^tr .*z-a/,
    why: 'a range that runs backwards is empty; the real one then reads beyond its table',
  },
  {
    command: /^cp .*words.* link$|^cp .*words.* link </,
    why: 'a file is not copied onto itself through a link: the real one empties it',
  },
  { command: /^grep .*'\['/, why: 'a bad pattern is refused before the first file is opened' },
  {
    command: /^sort .*-(s|\w*s).*-r|^sort .*-r.*-s/,
    why: 'sort -s -r leaves equal lines in their order, as busybox 1.36 and later do',
  },
  {
    command: /^sed .*(-f|--file)/,
    real: /unsupported command|expected|unterminated|No such file/,
    why: 'scripts of -f are read before those of -e are looked at',
  },
  {
    command: /^paste /,
    why: 'where a file has ended its column stays empty; the real one forgets the newlines then',
  },
  {
    command: /^(od|tail|strings|head|fold|sort) /,
    real: /invalid (number|character)|bad field|key option|not in/,
    ours: /invalid (number|character)|bad field|key option|not in/,
    why: 'of two wrong arguments another one is told of; fold -w -1 names it -w1',
  },
  {
    command: /^printf .*%/,
    real: /invalid number|out of range|^$/,
    ours: /invalid number|out of range/,
    why: 'POSIX: of a number with more behind it the number counts, and of one too large the largest',
  },
  {
    command: /^sed (.* )?'?\d*q.* -( |$)/,
    why: 'after q the real one leaves what it has read of stdin to nobody, and the rest to the next reader of -',
  },
  {
    command: /^head .*-n '?-.*-n|^head .*-c '?-.*-[cn]/,
    why: 'of -n -1 -n 3 the last one counts; the real one keeps the minus of the first',
  },
  { command: /^find .*-newer/, why: "the times of what is there before a draw are the system's own" },
  {
    command: /^sed .*(-i|--in-place).* (dir|\.)( |$)/,
    why: 'a directory is refused by name, not by the name of a file beside it',
  },
  { command: /^echo .*-\w*e.*E/, why: 'echo -e -E: the later one counts, as in bash; the real one forgets -E' },
  { command: /^cut .*-F/, why: 'cut takes one list; the real one lets -F stand beside another and forgets its own' },
  { command: /^base64 .*-d/, why: 'what is no base64 is decoded up to where it ends to be' },
  {
    command: /^test .*-[ao]/,
    real: /unknown operand/,
    why: 'POSIX: of three words a middle -a or -o is the operator, whatever stands beside it',
  },
]

export function isKnown(command: string, real: Answer, our: Answer): boolean {
  return KNOWN.some(
    each =>
      each.command.test(command) && (each.real?.test(real.stderr) ?? true) && (each.ours?.test(our.stderr) ?? true),
  )
}
