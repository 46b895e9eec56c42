import type { components } from '../../generated/dream-central-storage.js'
import { assetPathFault } from './paths.js'

type StorageNode = components['schemas']['StorageNode']

/** Called with a path of a listing that was left out (undefined when it is no string), and the reason. */
export type SkippedPath = (path: string | undefined, reason: string) => void

/** A file of a listing: its path within the book, and its size in bytes if the listing has it. */
export interface ListedFile {
  readonly path: string
  readonly size: number | undefined
}

/**
 * Flattens a listing: the tree that the service returns, or the array of strings of its guide. A path is that of the node
 * minus that of the root node, which is what the service expects in `path=`.
 * @param skip called for each path that no download accepts
 * @returns the other files, in the order of the listing; undefined when it is neither a tree nor an array
 */
export function listFiles(contents: unknown, skip: SkippedPath): ListedFile[] | undefined {
  if (Array.isArray(contents)) {
    const paths = contents.filter((path) => !isFolderPath(path) && isUsable(path, skip))
    return paths.map((path) => ({ path, size: undefined }))
  }
  if (!isNode(contents) || contents.type !== 'folder') return undefined
  const files: ListedFile[] = []
  for (const node of nodesBelow(contents)) {
    if (!isNode(node)) skip(undefined, 'is not a node')
    else if (node.type === 'folder') continue
    else if (!node.path.startsWith(contents.path)) skip(node.path, 'is not below the root of the listing')
    else if (isUsable(node.path.slice(contents.path.length), skip)) {
      files.push({ path: node.path.slice(contents.path.length), size: sizeOf(node) })
    }
  }
  return files
}

/** Every node below, in order. Not recursive: a deep tree must not exceed the call stack. */
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

/** A size that is no count of bytes says nothing. */
function sizeOf({ size }: StorageNode): number | undefined {
  return Number.isSafeInteger(size) && Number(size) >= 0 ? Number(size) : undefined
}

function isFolderPath(path: unknown): boolean {
  return typeof path === 'string' && path.endsWith('/')
}

function isUsable(path: unknown, skip: SkippedPath): path is string {
  const fault = assetPathFault(path)
  if (fault) skip(typeof path === 'string' ? path : undefined, fault)
  return fault === undefined
}
