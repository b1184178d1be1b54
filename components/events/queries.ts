// Where events are read from.
export const EVENTS_PATH = 'events';
