// Tells pages their own path, which a layout cannot know otherwise: who is signed out is sent back to the
// page that they wanted, with its filters.
import { NextResponse, type NextRequest } from 'next/server';

export function proxy(request: NextRequest): NextResponse {
  const headers = new Headers(request.headers);
  headers.set('x-path', `${request.nextUrl.pathname}${request.nextUrl.search}`);
  return NextResponse.next({ request: { headers } });
}

export const config = { matcher: ['/((?!core/|api/|_next/|healthz|readyz|metrics|.*\\.svg$).*)'] };
