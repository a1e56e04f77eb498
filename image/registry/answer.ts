// What a registry says beside blobs and manifests: lists, tokens, errors, and mostly nothing.

import type { HttpResponse } from '../../kernel/http.ts'
import { gatherAtMost } from '../pieces.ts'

const MOST = 4 * 1024 * 1024

/** Throws ImageError: a registry that never ends must not fill the memory. */
export function answerBytes({ body, url }: HttpResponse): Promise<Uint8Array> {
  return gatherAtMost(body, MOST, `the answer of ${new URL(url).host}`)
}
