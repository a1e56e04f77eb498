// Every path of a tree, sorted; links are not followed.

import type { BoxFiles } from '../engine/box-files.ts'

const known = new WeakMap<BoxFiles, readonly string[]>()

/** The root itself is not among them. Made once for each tree. */
export function allPaths(files: BoxFiles): readonly string[] {
  const made = known.get(files)
  if (made) return made
  const paths: string[] = []
  const visit = (directory: string): void => {
    for (const name of files.list(directory === '' ? '/' : directory)) {
      const path = `${directory}/${name}`
      paths.push(path)
      if (files.stat(path, { follow: false }).kind === 'directory') visit(path)
    }
  }
  visit('')
  known.set(files, paths)
  return paths
}
