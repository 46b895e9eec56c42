import type { StorageNode } from '../../generated/dream-central-storage.js'
import type { StoredFile } from './bucket.js'

/** Builds the tree of files below `root`. `root` ends in `/`, and all keys start with it. */
export function buildTree(root: string, files: readonly StoredFile[]): StorageNode {
  const top: StorageNode = { path: root, type: 'folder', children: [] }
  const folders = new Map([[root, top]])
  for (const { key, content } of files) {
    folderOf(key, folders).children.push({ path: key, type: 'file', size: content.size, children: [] })
  }
  return top
}

function folderOf(key: string, folders: Map<string, StorageNode>): StorageNode {
  const path = key.slice(0, key.replace(/\/$/, '').lastIndexOf('/') + 1)
  const known = folders.get(path)
  if (known) return known
  const folder: StorageNode = { path, type: 'folder', children: [] }
  folders.set(path, folder)
  folderOf(path, folders).children.push(folder)
  return folder
}
