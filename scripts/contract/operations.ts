import { asJson, asList, type Json, operationsOf, resolve } from './document.js'
import { isBinary } from './types.js'

const DOCS = {
  PUBLIC_OPERATIONS: 'The operations that need no login, such as `GET /health`.',
  FORM_OPERATIONS: 'The operations whose body is sent as multipart/form-data, such as `POST /books/upload`.',
  FILE_OPERATIONS: 'The operations whose answer is a file.',
  API_KEY_OPERATIONS: 'The operations that accept an API key in the place of a token.',
  OPERATIONS_SINCE_2026: 'The operations that the 2025 service does not have.',
}

type Facts = Readonly<Record<keyof typeof DOCS, readonly string[]>>

/** What is written for the run time: a module, and its types. */
export interface RunTimeFacts {
  readonly code: string
  readonly types: string
}

/**
 * Collects what the run time needs to know of the operations. Each list is an export of its own, so that a bundle holds
 * those lists only that it uses.
 */
export function runTimeFacts(contract: Json): RunTimeFacts {
  const facts = Object.entries(collect(contract)) as [keyof Facts, readonly string[]][]
  const type = 'readonly string[]'
  return {
    code: facts
      .map(([name, list]) => `${comment(name)}export const ${name} = ${JSON.stringify(list, null, 2)};\n`)
      .join('\n'),
    types: facts.map(([name]) => `${comment(name)}export declare const ${name}: ${type};\n`).join('\n'),
  }
}

function comment(name: keyof Facts): string {
  return `/** ${DOCS[name]} */\n`
}

function collect(contract: Json): Facts {
  const operations = operationsOf(contract)
  const named = (isOne: (operation: Json) => boolean): string[] =>
    operations.filter(({ operation }) => isOne(operation)).map(({ method, route }) => `${method} ${route}`)
  const security = (operation: Json): readonly unknown[] =>
    asList(operation['security'] ?? contract['security'])
  return {
    PUBLIC_OPERATIONS: named((operation) => security(operation).length === 0),
    FORM_OPERATIONS: named((operation) => takesForm(contract, operation)),
    FILE_OPERATIONS: named((operation) => returnsFile(contract, operation)),
    API_KEY_OPERATIONS: named((operation) => security(operation).some((one) => 'apiKey' in asJson(one))),
    OPERATIONS_SINCE_2026: named((operation) => operation['x-since'] === '2026'),
  }
}

function takesForm(contract: Json, operation: Json): boolean {
  return 'multipart/form-data' in asJson(resolve(contract, operation['requestBody'])['content'])
}

function returnsFile(contract: Json, operation: Json): boolean {
  const responses = Object.entries(asJson(operation['responses'])).filter(([status]) => /^2/.test(status))
  return responses.some(([, response]) =>
    Object.values(asJson(resolve(contract, response)['content'])).some((media) =>
      isBinary(resolve(contract, asJson(media)['schema'])),
    ),
  )
}
