// What runsv writes of a service in supervise/status, and sv reads (runit): twenty bytes.

export interface ServiceStatus {
  /** Since when, in seconds since the epoch. */
  readonly since: number
  /** 0: none. */
  readonly pid: number
  readonly isPaused: boolean
  readonly want: 'u' | 'd'
  readonly hasTerm: boolean
  readonly state: ServiceState
}

export type ServiceState = 'down' | 'run' | 'finish'

const STATES: readonly ServiceState[] = ['down', 'run', 'finish']
/** TAI64N labels count from 2^62, ten seconds before the epoch of Unix (as runit has it). */
const TAI_HIGH = 0x40000000
const TAI_OFFSET = 10

export function packStatus(status: ServiceStatus): Uint8Array {
  const bytes = new Uint8Array(20)
  const view = new DataView(bytes.buffer)
  const seconds = Math.floor(status.since)
  view.setUint32(0, TAI_HIGH)
  view.setUint32(4, seconds + TAI_OFFSET)
  view.setUint32(8, Math.floor((status.since - seconds) * 1e9))
  view.setUint32(12, status.pid, true)
  view.setUint8(16, status.isPaused ? 1 : 0)
  view.setUint8(17, status.want.charCodeAt(0))
  view.setUint8(18, status.hasTerm ? 1 : 0)
  view.setUint8(19, STATES.indexOf(status.state))
  return bytes
}

/** undefined: it is none. */
export function parseStatus(bytes: Uint8Array): ServiceStatus | undefined {
  if (bytes.length < 20) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const state = STATES[view.getUint8(19)]
  if (!state) return undefined
  return {
    since: view.getUint32(4) - TAI_OFFSET + view.getUint32(8) / 1e9,
    pid: view.getUint32(12, true),
    isPaused: view.getUint8(16) === 1,
    want: view.getUint8(17) === 'u'.charCodeAt(0) ? 'u' : 'd',
    hasTerm: view.getUint8(18) === 1,
    state,
  }
}

/** As runsv writes it into supervise/stat. */
export function statText({ state, isPaused, want, hasTerm, pid }: ServiceStatus): string {
  const rest = [
    ...(state === 'run' && isPaused ? [', paused'] : []),
    ...(pid !== 0 && hasTerm ? [', got TERM'] : []),
    ...(pid !== 0 && want === 'd' ? [', want down'] : []),
  ]
  return `${state}${rest.join('')}\n`
}
