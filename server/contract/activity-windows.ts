// The spans that activity is asked for. Without a schema beside them: the browser needs the names alone.
export const ACTIVITY_WINDOWS = ['1h', '6h', '24h', '7d', '30d'] as const;
export type ActivityWindow = (typeof ACTIVITY_WINDOWS)[number];
