// Where images, containers and volumes are kept on this host.

import { lstatSync, mkdirSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface StateFolder {
  readonly root: string
  readonly image: string
  readonly containers: string
  readonly volumes: string
}

/** $COWBOX_HOME, or `cowbox` in $XDG_DATA_HOME, or ~/.local/share/cowbox. An empty variable is none. */
export function stateFolder(env: NodeJS.ProcessEnv): StateFolder {
  return folderAt(env.COWBOX_HOME || join(env.XDG_DATA_HOME || join(homedir(), '.local/share'), 'cowbox'))
}

export function folderAt(root: string): StateFolder {
  return { root, image: join(root, 'image'), containers: join(root, 'containers'), volumes: join(root, 'volumes') }
}

/** sockaddr_un has room for 107 bytes and a NUL; libuv cuts off the rest without a word. */
const LONGEST_SOCKET = 107

/** A state folder with a long name has its sockets in the system's temporary folder. */
export function socketPath(folder: StateFolder, id: string): string {
  const path = join(folder.containers, id, 'control.sock')
  return Buffer.byteLength(path) <= LONGEST_SOCKET
    ? path
    : join(tmpdir(), `cowbox-${userId()}`, `${id.slice(0, 32)}.sock`)
}

/** Makes the folder of a socket. The temporary folder is everybody's: what lies there must be this user's own. */
export function makeSocketFolder(path: string): void {
  const folder = dirname(path)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const stat = lstatSync(folder)
  if (!stat.isDirectory() || (process.getuid && (stat.uid !== process.getuid() || (stat.mode & 0o022) !== 0))) {
    throw new Error(`${folder} belongs to somebody else, or others may write in it: remove it`)
  }
}

function userId(): number {
  return process.getuid?.() ?? 0
}
