// Which layer owns each file of the workbench or of a container: the report that the panel shows.

import type { Engine } from '../engine/engine.ts'
import type { ContainerHandle } from '../engine/handle.ts'
import { type Change, changes } from '../image/diff.ts'
import { CowFileSystem } from '../kernel/vfs/cow.ts'
import type { Inode } from '../kernel/vfs/inode.ts'
import { type Layer, type LayerFile, type LayersReport, WORKBENCH } from './protocol.ts'

type PlainFile = Omit<LayerFile, 'isCovered'>

interface Subject {
  readonly root: CowFileSystem
  /** Of the lower layers, from the lowest. */
  readonly titles: readonly string[]
}

const CHANGE = { A: 'added', C: 'changed', D: 'hidden' } as const

export class LayersView {
  readonly #engine: Engine
  readonly #workbench: CowFileSystem
  /** Of frozen layers, which never change: by target and index. */
  readonly #known = new Map<string, readonly PlainFile[]>()

  constructor(engine: Engine, workbench: CowFileSystem) {
    this.#engine = engine
    this.#workbench = workbench
  }

  async report(target: string): Promise<LayersReport> {
    const containers = await this.#engine.containers.list()
    const container = containers.find(({ specification }) => specification.id === target)
    const shown = container ? target : WORKBENCH
    const subject = container ? await this.#ofContainer(container) : this.#ofWorkbench()
    const targets = [{ id: WORKBENCH, label: 'workbench' }, ...containers.map(toTarget)]
    return { targets, target: shown, layers: this.#layers(shown, subject) }
  }

  #ofWorkbench(): Subject {
    return { root: this.#workbench, titles: ['base image', 'the example'] }
  }

  async #ofContainer(container: ContainerHandle): Promise<Subject> {
    const { root, base } = await container.files()
    const image = await this.#engine.findImage(container.specification.imageId)
    const steps = (image?.config.history ?? []).filter(step => !step.empty_layer)
    const titles = steps.map(({ created_by }, index) => shorten(created_by) ?? `layer ${index + 1}`)
    while (titles.length < base.layers - 1) titles.push(`layer ${titles.length + 1}`)
    return { root, titles: [...titles.slice(0, base.layers - 1), 'mount points'] }
  }

  #layers(target: string, { root, titles }: Subject): Layer[] {
    const covered = new Covered()
    const layers: Layer[] = []
    for (let index = root.layers; index >= 0; index--) {
      const files = this.#filesOf(target, root, index)
      const title = index === root.layers ? 'being written' : (titles[index] ?? `layer ${index + 1}`)
      layers.push({ title, files: files.map(file => ({ ...file, isCovered: covered.has(file) })) })
      covered.add(files)
    }
    return layers.reverse()
  }

  #filesOf(target: string, root: CowFileSystem, index: number): readonly PlainFile[] {
    if (index === root.layers) return compare(root.at(index), root)
    const key = `${target} ${index}`
    const files = this.#known.get(key) ?? compare(treeBelow(root, index), root.at(index + 1))
    this.#known.set(key, files)
    return files
  }
}

/** The names that layers above have changed or hidden. */
class Covered {
  readonly #changed = new Set<string>()
  readonly #hidden = new Set<string>()

  add(files: readonly PlainFile[]): void {
    for (const { path, change, isDirectory } of files) {
      if (change === 'hidden') this.#hidden.add(path)
      else if (!isDirectory) this.#changed.add(path)
    }
  }

  has({ path }: PlainFile): boolean {
    if (this.#changed.has(path)) return true
    if (this.#hidden.size === 0) return false
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (this.#hidden.has(path.slice(0, end))) return true
    }
    return false
  }
}

/** Below the first layer there is an empty tree. */
function treeBelow(root: CowFileSystem, index: number): CowFileSystem {
  return index === 0 ? new CowFileSystem({ now: root.now }) : root.at(index)
}

function compare(below: CowFileSystem, tree: CowFileSystem): PlainFile[] {
  return changes(below, tree).map(change => toFile(below, tree, change))
}

function toFile(below: CowFileSystem, tree: CowFileSystem, { kind, path }: Change): PlainFile {
  const stat = find(kind === 'D' ? below : tree, path)?.stat()
  const isFile = kind !== 'D' && stat?.kind === 'file'
  return { path, change: CHANGE[kind], isDirectory: stat?.kind === 'directory', size: isFile ? stat.size : 0 }
}

function find(tree: CowFileSystem, path: string): Inode | undefined {
  let at: Inode | undefined = tree.root
  for (const name of path.slice(1).split('/')) at = at?.lookup(name)
  return at
}

function toTarget({ specification, state }: ContainerHandle): { id: string; label: string } {
  return { id: specification.id, label: `${specification.name} (${specification.image}, ${state.status})` }
}

/** The first words of a Dockerfile step, without what docker puts before it. */
function shorten(step: string | undefined): string | undefined {
  return step
    ?.replace(/^\/bin\/sh -c (#\(nop\) +)?/, '')
    .replace(/ +# (buildkit|cowbox)$/, '')
    .slice(0, 80)
}
