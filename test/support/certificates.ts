import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { createServer, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, test } from 'vitest'

/** A certificate and its key, in PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

/** A private certificate authority and the certificates that it signed. */
export interface Authority {
  /** Its certificate, in PEM, and the file that holds it. */
  readonly ca: string
  readonly caFile: string
  /** For 127.0.0.1. */
  readonly server: Certificate
  /** For other.test only. */
  readonly other: Certificate
  readonly client: Certificate
  /** For 127.0.0.1, self-signed. */
  readonly selfSigned: Certificate
  /** Removes the files. */
  remove(): Promise<void>
}

const hasOpenssl = spawnSync('openssl', ['version']).status === 0

if (!hasOpenssl) process.stderr.write('openssl is missing: the tests of TLS are skipped\n')

/** A test that needs certificates. */
export const testTls = test.skipIf(!hasOpenssl)

const NEW_KEY = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'

/** Makes new certificates; for `beforeAll`, as this takes a moment. */
export async function createAuthority(): Promise<Authority> {
  const folder = await mkdtemp(join(tmpdir(), 'dcs-test-'))
  const run = (command: string): void => {
    execFileSync('openssl', command.split(' '), { cwd: folder, stdio: 'pipe' })
  }
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  const pair = (name: string): Certificate => ({ key: read(`${name}.key`), cert: read(`${name}.crt`) })
  const sign = async (name: string, altName: string): Promise<Certificate> => {
    await writeFile(join(folder, `${name}.ext`), `subjectAltName=${altName}\n`)
    run(`req ${NEW_KEY} -keyout ${name}.key -out ${name}.csr -subj /CN=${name}`)
    const issue = '-CA ca.crt -CAkey ca.key -CAcreateserial -days 2'
    run(`x509 -req -in ${name}.csr -out ${name}.crt -extfile ${name}.ext ${issue}`)
    return pair(name)
  }
  const selfSign = (name: string): Certificate => {
    const to = `-keyout ${name}.key -out ${name}.crt`
    run(`req -x509 ${NEW_KEY} ${to} -days 2 -subj /CN=${name} -addext subjectAltName=IP:127.0.0.1`)
    return pair(name)
  }
  return {
    ca: selfSign('ca').cert,
    caFile: join(folder, 'ca.crt'),
    server: await sign('server', 'IP:127.0.0.1,DNS:localhost'),
    other: await sign('other', 'DNS:other.test'),
    client: await sign('client', 'DNS:client.test'),
    selfSigned: selfSign('self'),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** A server over TLS on a free port. */
export interface TlsServer {
  readonly url: string
  readonly port: number
  /** How many connections were ever made, those included whose handshake failed. */
  readonly made: () => number
}

/** Starts one that ends with the test. */
export async function startTlsServer(options: ServerOptions, handler: RequestListener): Promise<TlsServer> {
  let made = 0
  const server = createServer(options, handler)
  server.on('connection', () => made++)
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  return { url: `https://127.0.0.1:${port}`, port, made: () => made }
}
