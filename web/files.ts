// The names that the build gave to the workers' files.

declare const COWBOX_WORKER: string | undefined
declare const COWBOX_HASH_WORKER: string | undefined

export const WORKER_FILE = typeof COWBOX_WORKER === 'string' ? COWBOX_WORKER : 'worker.js'
export const HASH_WORKER_FILE = typeof COWBOX_HASH_WORKER === 'string' ? COWBOX_HASH_WORKER : 'hash-worker.js'
