// Where COPY and ADD take their files from: the context, a named one, a stage, an image, here-documents, or the network.

import { HttpError } from '../../kernel/http.ts'
import { concat, encode } from '../../lib/bytes.ts'
import { SourceTree } from './context.ts'
import type { CopySource } from './copy.ts'
import { DockerfileError, type HereDocument } from './dockerfile.ts'
import type { Instruction } from './instruction.ts'
import type { Stage } from './plan.ts'
import type { BuildSession } from './session.ts'

export type CopyInstruction = Instruction & { readonly kind: 'COPY' | 'ADD' }

/** `expand` replaces variables. Throws DockerfileError: what is named is not there. */
export async function copySources(
  session: BuildSession,
  instruction: CopyInstruction,
  stage: Stage,
  expand: (word: string) => string,
): Promise<CopySource[]> {
  const sources: CopySource[] = []
  for (const document of instruction.hereDocuments) sources.push(inlineFile(document, expand))
  const written = instruction.sources.map(expand)
  const tree = written.every(isUrl) ? undefined : await sourceTree(session, instruction, instruction.from, stage.index)
  for (const source of written) {
    if (instruction.kind === 'ADD' && isUrl(source)) sources.push(await download(session, instruction, source))
    else if (tree) sources.push(...findFiles(instruction, tree, source))
  }
  return sources
}

/** A context by name, an earlier stage, or an image; undefined `from`: the build context. */
export async function sourceTree(
  session: BuildSession,
  at: { readonly line: number; readonly endLine: number },
  from: string | undefined,
  before: number,
): Promise<SourceTree> {
  if (from === undefined) {
    await session.loadContext()
    return session.how.context
  }
  const named = session.how.contexts?.get(from)
  if (named?.kind === 'tree') return named.tree
  const other = named ? undefined : session.plan.find(from, before)
  if (other) return new SourceTree((await (await session.stage(other.index)).tree.open()).root)
  const name = named?.name ?? from
  const image = await session.image(name, session.platform)
  if (image) return new SourceTree((await session.engine.openTree(image)).root)
  throw new DockerfileError(
    `${name}: failed to resolve source metadata for ${name}: no such stage, context or image`,
    at.line,
    at.endLine,
  )
}

function inlineFile({ name, body, expands }: HereDocument, expand: (word: string) => string): CopySource {
  // Quotes are text in a here-document's body; only variables are replaced.
  const text = expands ? expand(body.replace(/["']/g, '\\$&')) : body
  return { kind: 'text', name, bytes: encode(text), mode: 0o644, isArchive: false }
}

function isUrl(source: string): boolean {
  return /^https?:\/\//.test(source)
}

function findFiles(at: CopyInstruction, tree: SourceTree, source: string): CopySource[] {
  const found = tree.find(source)
  if (found.length === 0 && !/[*?[]/.test(source)) {
    const path = source.replace(/^(\.?\.?\/)+/, '')
    const message = `failed to compute cache key: failed to calculate checksum of ref: "/${path}": not found`
    throw new DockerfileError(message, at.line, at.endLine)
  }
  return found.map(file => ({ kind: 'tree', tree, file, written: source }))
}

/** Fetched each time: what it holds decides about the cache. */
async function download(session: BuildSession, at: CopyInstruction, url: string): Promise<CopySource> {
  const { engine, report, cancellation } = session
  const refuse = (message: string) => new DockerfileError(message, at.line, at.endLine)
  const { fetch } = engine.host
  if (!fetch) throw refuse(`ADD ${url}: this host lends no network: fetch it first and COPY it`)
  const name = decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '')
  if (name === '') throw refuse(`cannot determine filename for source ${url}`)
  return report.step(`${url}`, async () => {
    try {
      const response = await fetch({ method: 'GET', url, signal: cancellation })
      const bytes = concat(await gather(response.body))
      if (response.status !== 200) throw refuse(`invalid response status ${response.status}`)
      const found = await engine.digester.digest(bytes)
      if (at.checksum !== undefined && at.checksum !== found) {
        throw refuse(`digest mismatch ${found}: ${at.checksum}`)
      }
      const modified = Date.parse(response.headers.get('last-modified') ?? '')
      const mtime = Number.isNaN(modified) ? {} : { mtime: BigInt(modified) * 1_000_000n }
      return { kind: 'text', name, bytes, mode: 0o600, isArchive: at.unpack === true, ...mtime }
    } catch (error) {
      if (!(error instanceof HttpError)) throw error
      throw refuse(`failed to load ${url}: ${error.message}`)
    }
  })
}

async function gather(body: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const parts: Uint8Array[] = []
  for await (const part of body) parts.push(part)
  return parts
}
