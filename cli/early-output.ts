// Output that is kept until somebody listens, and then goes to them: between a box's first byte and the one who shows it.

import type { Attachment } from '../engine/handle.ts'
import type { Listener } from '../engine/tap.ts'

export class EarlyOutput {
  readonly #early: Parameters<Listener>[] = []
  #listener: Listener | undefined

  /** For RunOptions. */
  readonly onOutput: Listener = (bytes, stream) => {
    if (this.#listener) return this.#listener(bytes, stream)
    this.#early.push([bytes, stream])
  }

  /** The attachment, whose listener hears everything. */
  attach(attachment: Attachment): Attachment {
    return {
      write: bytes => attachment.write(bytes),
      closeInput: () => attachment.closeInput(),
      resize: size => attachment.resize(size),
      ended: attachment.ended,
      detach: () => attachment.detach(),
      listen: listener => {
        for (const [bytes, stream] of this.#early.splice(0)) void listener(bytes, stream)
        this.#listener = listener
        return () => {
          this.#listener = undefined
        }
      },
    }
  }
}
