import { truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { testBuiltIn } from '../support/built-in.js'
import { runChild } from '../support/child.js'
import { tempFolder } from '../support/folder.js'
import { json } from '../support/server.js'
import { CREATED, startUploadServer, ZIP_START } from '../support/upload-server.js'

const SIZE = 256_000_000

// The global fetch of Node 20 keeps a copy of each body that it sends.
testBuiltIn('the upload of a file of 256 MB needs a fraction of that memory', async () => {
  const path = join(await tempFolder(), 'B.zip')
  await writeFile(path, ZIP_START)
  await truncate(path, SIZE)
  let arrived = 0
  const server = await startUploadServer(async (request, response) => {
    for await (const chunk of request) arrived += chunk.length
    json(response, 201, CREATED)
  })
  const { stdout, stderr } = await runChild('upload-and-tell.ts', [server.url, path])
  expect(stderr).toBe('')
  const { beforeMb, mostMb, last } = JSON.parse(stdout)
  expect(arrived).toBeGreaterThan(SIZE)
  expect(last).toBe(SIZE)
  expect(mostMb - beforeMb).toBeLessThan(100)
})
