// Where images, containers and volumes are kept on this host.

import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

export interface StateFolder {
  readonly root: string
  readonly image: string
  readonly containers: string
  readonly volumes: string
}

/** $COWBOX_HOME, or `cowbox` in $XDG_DATA_HOME, or ~/.local/share/cowbox. */
export function stateFolder(env: NodeJS.ProcessEnv): StateFolder {
  const root = env.COWBOX_HOME ?? join(env.XDG_DATA_HOME ?? join(homedir(), '.local/share'), 'cowbox')
  return { root, image: join(root, 'image'), containers: join(root, 'containers'), volumes: join(root, 'volumes') }
}

/** A socket's path must be short (107 bytes): a long state folder puts it into the system's temporary one. */
export function socketPath(folder: StateFolder, id: string): string {
  const path = join(folder.containers, id, 'control.sock')
  return Buffer.byteLength(path) < 100 ? path : join(tmpdir(), `cowbox-${id.slice(0, 16)}.sock`)
}
