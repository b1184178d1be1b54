// Where webhooks are read from, for the page on the server and the refetch in the browser alike.
import {
  createLoader,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  type inferParserType,
} from 'nuqs/server';
import { DELIVERY_STATUSES } from '@/server/contract/webhook-kinds';

export const WEBHOOKS_PATH = 'webhooks';

/** A project has at most twenty. */
export const webhooksParams = { limit: 50 } as const;

export const webhookPath = (id: string): string => `${WEBHOOKS_PATH}/${id}`;
export const deliveriesPath = (id: string): string => `${webhookPath(id)}/deliveries`;
export const deliveryPath = (id: string, deliveryId: string): string => `${deliveriesPath(id)}/${deliveryId}`;

/** The log's state in the URL. */
export const deliverySearch = {
  status: parseAsStringLiteral(DELIVERY_STATUSES),
  page: parseAsInteger.withDefault(1),
  /** The message whose attempts are shown. */
  delivery: parseAsString.withDefault(''),
};
export type DeliverySearch = inferParserType<typeof deliverySearch>;

/** The search of a page's `searchParams`. */
export const loadDeliverySearch = createLoader(deliverySearch);

const PAGE_ROWS = 25;

/** The newest messages: where a webhook fails, one of them has. */
export const newestDeliveries = { page: 1, limit: 10 } as const;

/** The search as the list verb and the API take it. */
export const deliveryParams = ({ page, status }: DeliverySearch) => ({
  page: Math.max(1, page),
  limit: PAGE_ROWS,
  ...(status === null ? {} : { status }),
});
