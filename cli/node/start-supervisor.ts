// Starts the background process of a container, and waits until it is there or says why it cannot.

import { spawn } from 'node:child_process'
import { fromWire, type WireError } from './protocol.ts'

/** 'when-asked': it only gets ready, and the first `start` over its socket starts the container. */
export type StartMoment = 'now' | 'when-asked'

/** Throws what the other process threw: StartError, EngineError. */
export async function startSupervisor(command: readonly string[], id: string, moment: StartMoment): Promise<void> {
  const [program = process.execPath, ...args] = command
  const child = spawn(program, [...args, '--supervise', id, moment], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
    cwd: '/',
  })
  const answer = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout.on('data', chunk => {
      text += String(chunk)
      if (text.includes('\n')) resolve(text)
    })
    child.stdout.on('end', () => resolve(text))
    child.once('error', reject)
  })
  child.stdout.destroy()
  child.unref()
  const line = answer.split('\n')[0] ?? ''
  if (line === 'ready') return
  if (line === '') throw new Error('the background process of the container ended before it had started')
  // Written by supervise.
  throw fromWire(JSON.parse(line) as WireError)
}
