// The panel that shows which layer owns each file.

import type { Machine } from './machine.ts'
import { type Layer, type LayerFile, type LayersReport, WORKBENCH } from './protocol.ts'

const PERIOD = 1000

export interface PanelParts {
  readonly panel: HTMLElement
  readonly toggle: HTMLButtonElement
  readonly refresh: HTMLButtonElement
  readonly select: HTMLSelectElement
  readonly list: HTMLElement
}

export class LayersPanel {
  readonly #parts: PanelParts
  readonly #machine: Machine
  /** What the user has opened or closed, by target and index. */
  readonly #chosen = new Map<string, boolean>()
  #target = WORKBENCH
  #shown = ''

  constructor(parts: PanelParts, machine: Machine) {
    this.#parts = parts
    this.#machine = machine
    parts.toggle.addEventListener('click', () => this.#toggle())
    parts.refresh.addEventListener('click', () => this.#ask())
    parts.select.addEventListener('change', () => {
      this.#target = parts.select.value
      this.#ask()
    })
    setInterval(() => {
      if (!parts.panel.hidden && !document.hidden) this.#ask()
    }, PERIOD)
  }

  /** Only a report that says something new touches the page. */
  show(report: LayersReport): void {
    const text = JSON.stringify(report)
    if (text === this.#shown) return
    this.#shown = text
    this.#target = report.target
    const { select, list } = this.#parts
    select.replaceChildren(...report.targets.map(({ id, label }) => new Option(label, id, false, id === report.target)))
    const scrolled = list.scrollTop
    const focused = [...list.children].findIndex(child => child.contains(document.activeElement))
    const layers = report.layers.map((layer, index) => this.#layer(layer, index, index === report.layers.length - 1))
    list.replaceChildren(...layers.reverse())
    list.scrollTop = scrolled
    // Whoever was in the list stays there, on the same layer.
    if (focused !== -1) list.children[focused]?.querySelector('summary')?.focus()
  }

  focus(): void {
    this.#parts.select.focus()
  }

  #toggle(): void {
    const { panel, toggle } = this.#parts
    panel.hidden = !panel.hidden
    toggle.ariaExpanded = String(!panel.hidden)
    if (!panel.hidden) this.#ask()
  }

  #ask(): void {
    this.#machine.askLayers(this.#target)
  }

  /** A base image has hundreds of files: it is closed until somebody wants to see it. */
  #layer({ title, files }: Layer, index: number, isTop: boolean): HTMLElement {
    const key = `${this.#target} ${index}`
    const details = document.createElement('details')
    details.open = this.#chosen.get(key) ?? (isTop || (files.length > 0 && files.length < 50))
    const summary = document.createElement('summary')
    const count = files.filter(({ isDirectory }) => !isDirectory).length
    summary.append(
      `${index + 1} ${title} `,
      span(
        'count',
        files.length === 0 ? (isTop ? 'nothing yet' : 'nothing') : `${count} file${count === 1 ? '' : 's'}`,
      ),
    )
    summary.addEventListener('click', () => this.#chosen.set(key, !details.open))
    details.append(summary, treeElement(treeOf(files)))
    return details
  }
}

interface Branch {
  file?: LayerFile
  readonly children: Map<string, Branch>
}

function treeOf(files: readonly LayerFile[]): Branch {
  const root: Branch = { children: new Map() }
  for (const file of files) {
    let at = root
    for (const name of file.path.slice(1).split('/')) {
      const next = at.children.get(name) ?? { children: new Map() }
      at.children.set(name, next)
      at = next
    }
    at.file = file
  }
  return root
}

function treeElement({ children }: Branch): HTMLUListElement {
  const list = document.createElement('ul')
  for (const [name, branch] of children) {
    const item = document.createElement('li')
    item.append(nameElement(name, branch))
    if (branch.children.size > 0) item.append(treeElement(branch))
    list.append(item)
  }
  return list
}

/** A directory that is only on the way to something changed is not marked. */
function nameElement(name: string, { file, children }: Branch): HTMLElement {
  if (!file || (file.isDirectory && file.change === 'changed' && children.size > 0)) return span('', `${name}/`)
  const element = span(`${file.change}${file.isCovered ? ' covered' : ''}`, name + (file.isDirectory ? '/' : ''))
  element.title = `${file.change}${file.isCovered ? ', covered by a layer above' : ''}`
  if (!file.isDirectory && file.change !== 'hidden') element.append(span('size', readableSize(file.size)))
  return element
}

function span(className: string, text: string): HTMLSpanElement {
  const element = document.createElement('span')
  element.className = className
  element.textContent = text
  return element
}

function readableSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
