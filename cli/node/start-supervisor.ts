// Starts the background process of a detached container, and waits until it has started or says why it cannot.

import { spawn } from 'node:child_process'
import { fromWire, type WireError } from './protocol.ts'

export async function startSupervisor(id: string): Promise<void> {
  const child = spawn(process.execPath, [process.argv[1] ?? '', '--supervise', id], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
    cwd: '/',
  })
  const answer = await new Promise<string>(resolve => {
    let text = ''
    child.stdout.on('data', chunk => {
      text += String(chunk)
      if (text.includes('\n')) resolve(text)
    })
    child.stdout.on('end', () => resolve(text))
  })
  child.stdout.destroy()
  child.unref()
  const line = answer.split('\n')[0] ?? ''
  if (line === 'started') return
  if (line === '') throw new Error('the background process of the container ended before it had started')
  // Written by supervise.
  throw fromWire(JSON.parse(line) as WireError)
}
