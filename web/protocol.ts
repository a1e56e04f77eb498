// What the page and its worker say to each other. Only bytes and plain data cross.

/** One run of a shell on one terminal. A tab whose shell is started again has a new session. */
export type SessionId = number

export type ToWorker =
  | { readonly type: 'open'; readonly session: SessionId; readonly rows: number; readonly columns: number }
  | { readonly type: 'input'; readonly session: SessionId; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'resize'; readonly session: SessionId; readonly rows: number; readonly columns: number }
  /** So many bytes of output have been shown. */
  | { readonly type: 'ack'; readonly session: SessionId; readonly count: number }
  | { readonly type: 'close'; readonly session: SessionId }
  | { readonly type: 'layers'; readonly target: string }

export type FromWorker =
  /** `notes`: what the user should know, such as that images will not survive a reload. */
  | { readonly type: 'ready'; readonly notes: readonly string[] }
  | { readonly type: 'output'; readonly session: SessionId; readonly bytes: Uint8Array<ArrayBuffer> }
  /** The shell has ended. */
  | { readonly type: 'ended'; readonly session: SessionId; readonly status: number }
  | { readonly type: 'layers'; readonly report: LayersReport }
  | { readonly type: 'failed'; readonly message: string }

/**
 * The worker sends no more while this many bytes have not been acknowledged. All of it is shown before the echo of a ^C:
 * as short lines that is tens of thousands to scroll.
 */
export const MOST_UNACKNOWLEDGED = 64 * 1024

/** The target that is no container. */
export const WORKBENCH = 'workbench'

export interface LayersReport {
  /** Everything whose layers can be shown. */
  readonly targets: readonly { readonly id: string; readonly label: string }[]
  /** The one that is shown: the workbench when the one that was asked for is gone. */
  readonly target: string
  /** The lowest first; the last is the one that is being written. */
  readonly layers: readonly Layer[]
}

export interface Layer {
  readonly title: string
  readonly files: readonly LayerFile[]
}

/** A name that a layer added, changed, or hid. */
export interface LayerFile {
  readonly path: string
  readonly change: 'added' | 'changed' | 'hidden'
  readonly isDirectory: boolean
  readonly size: number
  /** A layer above has changed or hidden it: its bytes are there and are not seen. */
  readonly isCovered: boolean
}
