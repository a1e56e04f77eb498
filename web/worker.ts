// The page's worker: one engine, one workbench, and a session for each terminal.

import { allPrograms } from '../cli/programs.ts'
import { Engine } from '../engine/engine.ts'
import { SysError } from '../kernel/errno.ts'
import { encode } from '../lib/bytes.ts'
import { browserDigester } from './browser-digester.ts'
import { browserHost } from './browser-host.ts'
import { loadParts } from './late.ts'
import { LateStore } from './late-store.ts'
import { LayersView } from './layers.ts'
import { openStore } from './open-store.ts'
import type { FromWorker, SessionId, ToWorker } from './protocol.ts'
import { Session } from './session.ts'
import { VERSION } from './version.ts'
import { Workbench } from './workbench.ts'

// The room is typed for window and worker at once; this file runs in a dedicated worker.
const scope = self as unknown as DedicatedWorkerGlobalScope

/** What lies in files lies in the tab's memory: less of it than a disk has. */
const LIMITS = { fileBytes: 256 * 1024 * 1024 }

const sessions = new Map<SessionId, Session>()
const digester = browserDigester()
const opening = openStore(digester)
const engine = new Engine({
  host: browserHost,
  store: new LateStore(opening.then(({ store }) => store)),
  programs: allPrograms(),
  digester,
  limits: LIMITS,
})
const workbench = new Workbench(engine, VERSION)
const layers = new LayersView(engine, workbench.root)

scope.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === 'layers') void report(data.target)
  else if (data.type === 'open') open(data)
  else receive(data)
}

/** A bug, here or in a program: the page says it rather than standing still. */
scope.onunhandledrejection = ({ reason }) => {
  send({ type: 'failed', message: `Something is broken: ${reason instanceof Error ? reason.message : String(reason)}` })
}

void opening.then(({ notes }) => send({ type: 'ready', notes }))

async function report(target: string): Promise<void> {
  send({ type: 'layers', report: await layers.report(target) })
}

function receive(message: Exclude<ToWorker, { type: 'layers' | 'open' }>): void {
  const session = sessions.get(message.session)
  if (!session) return
  switch (message.type) {
    case 'input':
      return session.terminal.input(message.bytes)
    case 'resize':
      return session.terminal.setSize(message)
    case 'ack':
      // The first prompt is on the screen: what it did not need is fetched now. Who fails is told when something is run.
      loadParts().catch(() => undefined)
      return session.acknowledge(message.count)
    case 'close':
      sessions.delete(message.session)
      return session.close()
  }
}

function open({ session, ...size }: Extract<ToWorker, { type: 'open' }>): void {
  const ended = (status: number) => {
    sessions.delete(session)
    send({ type: 'ended', session, status })
  }
  const output = (bytes: Uint8Array<ArrayBuffer>) => send({ type: 'output', session, bytes }, [bytes.buffer])
  try {
    sessions.set(session, new Session(workbench, size, { output, ended }))
  } catch (error) {
    // A fork bomb leaves no room for another shell.
    if (!(error instanceof SysError)) throw error
    output(new Uint8Array(encode(`can't start a shell: ${error.message}\r\n`)))
    ended(126)
  }
}

function send(message: FromWorker, transfer: Transferable[] = []): void {
  scope.postMessage(message, transfer)
}
