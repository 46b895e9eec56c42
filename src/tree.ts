import type { components } from '../generated/dream-central-storage.js'
import { assetPathFault } from './paths.js'

type StorageNode = components['schemas']['StorageNode']

/** A path of a listing that was left out, and why. */
export type SkippedPath = (path: unknown, reason: string) => void

/**
 * The files of a listing as paths within their book, in the order of the listing: a tree, or the array of strings
 * of the service's guide. Undefined when it is neither. What could not be downloaded is left out and told to `skip`.
 */
export function listFiles(contents: unknown, skip: SkippedPath): string[] | undefined {
  if (Array.isArray(contents)) return contents.filter((path) => !isFolderPath(path) && isUsable(path, skip))
  if (!isNode(contents)) return undefined
  const root = contents.path
  const files: string[] = []
  // A stack of our own: the depth of the tree is the service's choice.
  const left: unknown[] = [...contents.children].reverse()
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (!isNode(node)) skip(undefined, 'is not a node')
    else if (node.type === 'folder') left.push(...[...node.children].reverse())
    else if (!node.path.startsWith(root)) skip(node.path, `is not below ${root}`)
    else if (isUsable(node.path.slice(root.length), skip)) files.push(node.path.slice(root.length))
  }
  return files
}

function isNode(value: unknown): value is StorageNode {
  if (typeof value !== 'object' || value === null) return false
  const { path, type, children } = value as Partial<StorageNode>
  return typeof path === 'string' && (type === 'file' || (type === 'folder' && Array.isArray(children)))
}

function isFolderPath(path: unknown): boolean {
  return typeof path === 'string' && path.endsWith('/')
}

function isUsable(path: unknown, skip: SkippedPath): path is string {
  const fault = assetPathFault(path)
  if (fault) skip(path, fault)
  return fault === undefined
}
