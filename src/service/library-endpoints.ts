import type { ServiceEndpoint } from './endpoints.js'

const AI = '/books/{book_id}/ai-data'
const PUBLISHER = '/publishers/{publisher_id}'

/** The endpoints of the methods that are loaded at their first call. */
export const LIBRARY_ENDPOINTS = {
  // It only reads.
  batch: { method: 'POST', route: '/books/batch', circuit: 'catalogue', answer: 'json', isRepeatable: true },
  cover: {
    method: 'GET',
    route: '/storage/books/{publisher}/{book_name}/cover',
    circuit: 'storage',
    answer: 'file',
  },
  presigned: {
    method: 'GET',
    route: '/storage/books/{publisher}/{book_name}/presigned',
    circuit: 'storage',
    answer: 'json',
  },
  publishers: {
    method: 'GET',
    route: '/publishers/',
    circuit: 'catalogue',
    answer: 'json',
    ttl: 'booksTtlMs',
  },
  publisher: { method: 'GET', route: PUBLISHER, circuit: 'catalogue', answer: 'json' },
  publisherByName: {
    method: 'GET',
    route: '/publishers/by-name/{name}',
    circuit: 'catalogue',
    answer: 'json',
  },
  publisherBooks: { method: 'GET', route: `${PUBLISHER}/books`, circuit: 'catalogue', answer: 'json' },
  publisherLogo: { method: 'GET', route: `${PUBLISHER}/logo`, circuit: 'storage', answer: 'file' },
  aiMetadata: { method: 'GET', route: `${AI}/metadata`, circuit: 'storage', answer: 'json' },
  aiModules: { method: 'GET', route: `${AI}/modules`, circuit: 'storage', answer: 'json' },
  aiModule: { method: 'GET', route: `${AI}/modules/{module_id}`, circuit: 'storage', answer: 'json' },
  aiVocabulary: { method: 'GET', route: `${AI}/vocabulary`, circuit: 'storage', answer: 'json' },
  materials: {
    method: 'GET',
    route: '/teachers/{teacher_id}/materials',
    circuit: 'storage',
    answer: 'json',
  },
  webhooks: { method: 'GET', route: '/webhooks/', circuit: 'catalogue', answer: 'json' },
  // Repeatable: one that is made twice is removed again.
  addWebhook: {
    method: 'POST',
    route: '/webhooks/',
    circuit: 'catalogue',
    answer: 'json',
    isRepeatable: true,
  },
  // Repeatable, because PUT and DELETE are idempotent here. See RFC 9110 §9.2.2.
  changeWebhook: {
    method: 'PUT',
    route: '/webhooks/{subscription_id}',
    circuit: 'catalogue',
    answer: 'json',
    isRepeatable: true,
  },
  removeWebhook: {
    method: 'DELETE',
    route: '/webhooks/{subscription_id}',
    circuit: 'catalogue',
    answer: 'json',
    isRepeatable: true,
  },
} as const satisfies Record<string, ServiceEndpoint>
