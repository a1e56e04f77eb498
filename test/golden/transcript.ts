// The format of golden transcripts: sessions that one could have typed, with what they print.
//
//   # What this shows; begins a fresh container
//   $ a command
//   a line of its stdout
//   ! a line of its stderr
//   ? its status, when that is not 0
//   ! Usage     stands for the help that was shown, to its end
//   < name      the lines up to the next sign are the contents of a file
//   ~ full       before the first command: only a busybox that was built with all its options can say this
//   ~ differs: why ours is not what the real busybox prints
//
// A line that would begin with a sign is written with a backslash before it.

export interface Step {
  readonly command: string
  readonly line: number
  readonly stdout: string
  readonly stderr: string
  readonly status: number
  readonly differs: string | undefined
}

export interface Block {
  readonly title: string
  readonly line: number
  readonly files: ReadonlyMap<string, string>
  readonly isFull: boolean
  readonly steps: readonly Step[]
}

interface OpenStep {
  command: string
  line: number
  stdout: string
  stderr: string
  status: number
  differs: string | undefined
}

interface OpenBlock {
  title: string
  line: number
  files: Map<string, string>
  isFull: boolean
  steps: OpenStep[]
}

export function parseTranscript(text: string): Block[] {
  const blocks: OpenBlock[] = []
  let file: string | undefined
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  for (const [index, line] of lines.entries()) {
    const sign = /^([#$!?<~])(?: (.*))?$/.exec(line)
    const rest = sign?.[2] ?? ''
    if (sign?.[1] === '#') {
      blocks.push({ title: rest, line: index + 1, files: new Map(), isFull: false, steps: [] })
      file = undefined
      continue
    }
    if (blocks.length === 0)
      blocks.push({ title: 'untitled', line: index + 1, files: new Map(), isFull: false, steps: [] })
    const block = blocks.at(-1)!
    const step = block.steps.at(-1)
    const literal = line.startsWith('\\') && /^\\[#$!?<~\\]/.test(line) ? line.slice(1) : line
    switch (sign?.[1]) {
      case '$':
        block.steps.push({ command: rest, line: index + 1, stdout: '', stderr: '', status: 0, differs: undefined })
        file = undefined
        break
      case '<':
        file = rest
        block.files.set(file, '')
        break
      case '!':
        if (step) step.stderr += `${rest}\n`
        break
      case '?':
        if (step) step.status = Number(rest)
        break
      case '~':
        if (!step && rest === 'full') block.isFull = true
        if (step) step.differs = rest.replace(/^differs: */, '')
        break
      default:
        if (file !== undefined) block.files.set(file, `${block.files.get(file)}${literal}\n`)
        else if (step) step.stdout += `${literal}\n`
        else if (line.trim() !== '') throw new Error(`line ${index + 1}: output before any command: ${line}`)
    }
  }
  // Blank lines between blocks are layout, not output.
  for (const block of blocks) for (const step of block.steps) step.stdout = trimLayout(step, block)
  return blocks
}

function trimLayout(step: OpenStep, block: OpenBlock): string {
  return step === block.steps.at(-1) ? step.stdout.replace(/(^|\n)\n+$/, '$1') : step.stdout
}

/** The steps as text again, with what was really printed: what `--record` writes. */
export function printStep(step: { command: string; stdout: string; stderr: string; status: number }): string {
  const lines = [`$ ${step.command}`]
  for (const line of splitLines(step.stdout)) lines.push(/^[#$!?<~\\]/.test(line) ? `\\${line}` : line)
  for (const line of splitLines(step.stderr)) lines.push(`! ${line}`)
  if (step.status !== 0) lines.push(`? ${step.status}`)
  return lines.join('\n')
}

/** Help is in our own words: of a usage only that it was shown. busybox begins it with its version. */
export function withoutUsage(text: string): string {
  return text.replace(/^(BusyBox v.*\n(.*\n)*?\n)?Usage: [\s\S]*/m, 'Usage\n')
}

function splitLines(text: string): string[] {
  if (text === '') return []
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
}
