/** What a framework's router takes; another method would end in a fault before any route is asked. */
export const KNOWN_METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Below the API: where a request with another method is led, to be refused in the envelope. */
export const UNKNOWN_METHOD_PATH = '/core/api/v1/method-that-is-not-known';
