// Holds the imports of every room against the table in ARCHITECTURE.md, and finds circles.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

export interface Edge {
  readonly from: string
  readonly to: string
}

/** Problems, a line each; none: all is well. */
export function checkImports(root: string): string[] {
  const table = readTable(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8'))
  const files = [...table.keys()].flatMap(room => sources(join(root, room)))
  const edges = files.flatMap(file =>
    importsOf(file).map(to => ({ from: relative(root, file), to: relative(root, to) })),
  )
  return [...edges.flatMap(edge => refuse(edge, table)), ...findCircles(edges)]
}

/** The table with the heading `| room | may import |`. */
export function readTable(markdown: string): Map<string, Set<string>> {
  const table = new Map<string, Set<string>>()
  const start = markdown.indexOf('| room | may import |')
  if (start === -1) throw new Error('ARCHITECTURE.md has no table "| room | may import |"')
  for (const line of markdown.slice(start).split('\n').slice(2)) {
    if (!line.startsWith('|')) break
    const [, rooms = '', imports = ''] = line.split('|').map(cell => cell.trim())
    const allowed = new Set(imports === '-' ? [] : imports.split(/[ ,]+/))
    for (const room of rooms.split(/[ ,]+/)) table.set(room, new Set([...allowed, room]))
  }
  return table
}

function refuse(edge: Edge, table: Map<string, Set<string>>): string[] {
  const [from = '', to = ''] = [edge.from, edge.to].map(path => path.split('/')[0] ?? '')
  if (!table.has(to) || table.get(from)?.has(to)) return []
  return [`${edge.from} imports ${edge.to}: ${from} may not import ${to} (ARCHITECTURE.md)`]
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts') && !name.endsWith('.d.ts') && !name.startsWith('assembly'))
    .map(name => join(folder, name))
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  // What is imported as a type only is gone when the code runs, so it makes no circle and no dependency of load order.
  const pattern = /^(?:import|export)\s+(?!type\b)(?:[^'"]*?\sfrom\s+)?'(\.[^']+)'/gm
  return [...text.matchAll(pattern)]
    .filter(match => !/^\s*(?:import|export)\s*\{(?:\s*type\s+\w+(?:\s+as\s+\w+)?\s*,?)+\s*\}/.test(match[0]))
    .map(match => resolve(dirname(file), match[1] ?? ''))
}

function findCircles(edges: readonly Edge[]): string[] {
  const next = new Map<string, string[]>()
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to])
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (file: string, path: string[]): void => {
    const at = path.indexOf(file)
    if (at !== -1) {
      circles.push(`imports run in a circle: ${[...path.slice(at), file].join(' -> ')}`)
      return
    }
    if (done.has(file)) return
    for (const to of next.get(file) ?? []) visit(to, [...path, file])
    done.add(file)
  }
  for (const file of next.keys()) visit(file, [])
  return circles
}
