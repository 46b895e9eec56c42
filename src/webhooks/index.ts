export type {
  BookEvent,
  BookEventData,
  PublisherEvent,
  PublisherEventData,
  WebhookEvent,
} from '../../generated/dream-central-storage.js'
export { DreamStorageWebhookError, type WebhookRefusal } from '../errors.js'
export {
  type VerifyWebhookOptions,
  verifyWebhook,
  type WebhookBody,
  type WebhookSecret,
} from './verify-webhook.js'
export { createWebhookHandler, type WebhookHandler, type WebhookHandlerOptions } from './webhook-handler.js'
