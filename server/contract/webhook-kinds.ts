// What webhooks tell of, and what became of a message. No schema in it: the console asks it in the browser.

/** What a webhook can tell of. */
export const WEBHOOK_KINDS = [
  'review_waits',
  'review_unclaimed',
  'breaker_opened',
  'backpressure_forecast',
  'device_silent',
] as const;
export type WebhookKind = (typeof WEBHOOK_KINDS)[number];

/** `test` is what a person sends to see whether it arrives. */
export const MESSAGE_KINDS = [...WEBHOOK_KINDS, 'test'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

export const DELIVERY_STATUSES = ['pending', 'delivered', 'failed'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];
