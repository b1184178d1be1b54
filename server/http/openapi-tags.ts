// Under which heading the description lists an operation: by what its path is about, the most telling part first.

const BY_PART: readonly (readonly [part: string, tag: string])[] = [
  ['/edge/lineages', 'Lineages'],
  ['/edge/schema-reviews', 'Schema reviews'],
  ['/edge/bulk-jobs', 'Bulk operations'],
  ['/edge/review-queue', 'Schema reviews'],
  ['/edge/registry-reviews', 'Registry reviews'],
  ['/edge/registry', 'Registry'],
  ['/edge/coalesced-mirrors', 'Coalesced mirrors'],
  ['/edge/policy', 'Policy'],
  ['/edge/rejected-batches', 'Rejected batches'],
  ['/edge/controls', 'Controls'],
  ['/edge/', 'Governance'],
  ['/webhooks', 'Webhooks'],
  ['/devices', 'Devices'],
  ['/fleets', 'Fleets'],
  ['/events', 'Events'],
  ['/overview', 'Events'],
  ['/activity', 'Events'],
  ['', 'Organisation'],
];

/** Every heading, in the order in which a reader meets them. */
export const TAGS: readonly string[] = [...new Set(BY_PART.map(([, tag]) => tag))];

/** The heading of a path. */
export const tagOf = (path: string): string =>
  BY_PART.find(([part]) => path.includes(part))?.[1] ?? 'Organisation';
