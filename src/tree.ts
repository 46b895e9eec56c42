import type { components } from '../generated/dream-central-storage.js'
import { assetPathFault } from './paths.js'

type StorageNode = components['schemas']['StorageNode']

/** A path of a listing that was left out (undefined when it is no text), and why. */
export type SkippedPath = (path: string | undefined, reason: string) => void

/**
 * The files of a listing as paths within their book, in the order of the listing: a tree, or the array of strings
 * of the service's guide. Undefined when it is neither. What could not be downloaded is left out and told to `skip`.
 */
export function listFiles(contents: unknown, skip: SkippedPath): string[] | undefined {
  if (Array.isArray(contents)) return contents.filter((path) => !isFolderPath(path) && isUsable(path, skip))
  if (!isNode(contents) || contents.type !== 'folder') return undefined
  const files: string[] = []
  for (const node of nodesBelow(contents)) {
    if (!isNode(node)) skip(undefined, 'is not a node')
    else if (node.type === 'folder') continue
    else if (!node.path.startsWith(contents.path)) skip(node.path, `is not below ${contents.path}`)
    else if (isUsable(node.path.slice(contents.path.length), skip))
      files.push(node.path.slice(contents.path.length))
  }
  return files
}

/** Every node below, in order; on a stack of our own, since the depth is the service's choice. */
function* nodesBelow(root: StorageNode): Generator<unknown> {
  const left: Iterator<unknown>[] = [root.children.values()]
  for (let next = left.at(-1)?.next(); next; next = left.at(-1)?.next()) {
    if (next.done) {
      left.pop()
      continue
    }
    yield next.value
    if (isNode(next.value) && next.value.type === 'folder') left.push(next.value.children.values())
  }
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
  if (fault) skip(typeof path === 'string' ? path : undefined, fault)
  return fault === undefined
}
