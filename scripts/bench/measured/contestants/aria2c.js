// @ts-check
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { bookPath, CONNECTIONS, objectPath } from '../shared.js'
import { create as createFetch } from './fetch.js'

/** aria2c, which gets URLs, names and the header in advance. @param {import('../shared.js').Settings} settings */
export function create(settings) {
  const { getBook, json, bearer } = createFetch(settings)
  const prepareMirror = async (/** @type {string} */ book) => {
    const root = await json(bookPath(book))
    const lines = root.children.map((/** @type {{ path: string }} */ { path }) => {
      const name = path.slice(root.path.length)
      return `${settings.baseUrl}${objectPath(name, book)}\n  out=${name}\n`
    })
    const header = `--header=Authorization: ${await bearer()}`
    return async (/** @type {string} */ directory) => {
      await writeFile(`${directory}.txt`, lines.join(''))
      const where = [`--input-file=${directory}.txt`, `--dir=${directory}`]
      await promisify(execFile)('aria2c', ['--no-conf', '--quiet', `-j${CONNECTIONS}`, header, ...where])
    }
  }
  return { getBook, prepareMirror }
}
