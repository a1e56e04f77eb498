// The page's worker: one engine, one workbench, and a session for each terminal.

import { allPrograms } from '../cli/programs.ts'
import { Engine } from '../engine/engine.ts'
import { browserDigester } from './browser-digester.ts'
import { browserHost } from './browser-host.ts'
import { LayersView } from './layers.ts'
import { openStore } from './open-store.ts'
import type { FromWorker, SessionId, ToWorker } from './protocol.ts'
import { Session } from './session.ts'
import { VERSION } from './version.ts'
import { Workbench } from './workbench.ts'

// The room is typed for window and worker at once; this file runs in a dedicated worker.
const scope = self as unknown as DedicatedWorkerGlobalScope

const sessions = new Map<SessionId, Session>()
const ready = start()

scope.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  void ready.then(machine => receive(machine, data))
}

/** A bug, here or in a program: the page says it rather than standing still. */
scope.onunhandledrejection = ({ reason }) => {
  send({ type: 'failed', message: `Something is broken: ${reason instanceof Error ? reason.message : String(reason)}` })
}

interface Machine {
  readonly workbench: Workbench
  readonly layers: LayersView
}

async function start(): Promise<Machine> {
  const digester = browserDigester()
  const { store, notes } = await openStore(digester)
  const engine = new Engine({ host: browserHost, store, programs: allPrograms(), digester })
  const workbench = new Workbench(engine, VERSION)
  send({ type: 'ready', notes })
  return { workbench, layers: new LayersView(engine, workbench.root) }
}

async function receive({ workbench, layers }: Machine, message: ToWorker): Promise<void> {
  if (message.type === 'layers') return send({ type: 'layers', report: await layers.report(message.target) })
  if (message.type === 'open') return open(workbench, message)
  const session = sessions.get(message.session)
  if (!session) return
  switch (message.type) {
    case 'input':
      return session.terminal.input(message.bytes)
    case 'resize':
      return session.terminal.setSize(message)
    case 'ack':
      return session.acknowledge(message.count)
    case 'close':
      sessions.delete(message.session)
      return session.close()
  }
}

function open(workbench: Workbench, { session, ...size }: Extract<ToWorker, { type: 'open' }>): void {
  const opened = new Session(workbench, size, {
    output: bytes => send({ type: 'output', session, bytes }, [bytes.buffer]),
    ended(status) {
      sessions.delete(session)
      send({ type: 'ended', session, status })
    },
  })
  sessions.set(session, opened)
}

function send(message: FromWorker, transfer: Transferable[] = []): void {
  scope.postMessage(message, transfer)
}
