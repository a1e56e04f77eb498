// One script after another in our shell, each in a fresh container of one engine, on a virtual clock.

import { nodeHost } from '../../cli/node/host.ts'
import { allPrograms } from '../../cli/programs.ts'
import { Engine } from '../../engine/engine.ts'
import { Library, virtualClock } from '../../engine/library.ts'
import { MemoryStore } from '../../image/memory-store.ts'
import { type Answer, nameOf, SCRIPTS, WORK } from './real-shells.ts'

const engine = new Engine({ host: nodeHost, store: new MemoryStore(), programs: allPrograms() })
const library = new Library(engine, {
  openContext: () => {
    throw new Error('nothing is built here')
  },
})

/** A crash of ours, or a script that waits for ever, is an answer that no shell gives. */
export async function runOurs(script: string, index = 0): Promise<Answer> {
  const box = await library.run('busybox', {
    cmd: ['sleep', 'inf'],
    entrypoint: [],
    clock: virtualClock(),
    seed: 1,
    workingDirectory: `${WORK}/${nameOf(index)}`,
    hostname: 'box',
  })
  try {
    const path = `${SCRIPTS}/${nameOf(index)}`
    box.files.write(path, script)
    const { stdout, stderr, exitCode } = await box.exec(['sh', path], { stdin: '' })
    return { stdout, stderr, status: exitCode }
  } catch (error) {
    return { stdout: `crash: ${error instanceof Error ? error.stack : String(error)}`, status: -1 }
  } finally {
    if (box.isRunning) await box.kill('KILL')
  }
}
