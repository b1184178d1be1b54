// Runs once when the web process starts, before the first request.

export async function register(): Promise<void> {
  // Inlined by the build: the edge runtime, which is not used here, has no Node modules.
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { prepareIncomingRequests } = await import('@/server/runtime/incoming-requests');
  prepareIncomingRequests();
}
