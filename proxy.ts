// Gives each page its policy with a nonce, and tells it its own path, which a layout cannot know otherwise: who is signed out is sent back to the
// page that they wanted, with its filters. A link from elsewhere names its project (`?project=`): it becomes the one
// that the console shows, or the link would end on a page of whichever project was looked at last.
import { NextResponse, type NextRequest } from 'next/server';
import { newNonce, pagePolicy } from '@/server/console/page-policy';
import { PROJECT_COOKIE, PROJECT_COOKIE_OPTIONS } from '@/server/console/project-cookie';
import { isUuid } from '@/server/lib/uuid';

export function proxy(request: NextRequest): NextResponse {
  const headers = new Headers(request.headers);
  headers.set('x-path', `${request.nextUrl.pathname}${request.nextUrl.search}`);
  const nonce = newNonce();
  const policy = pagePolicy(nonce, process.env.NODE_ENV === 'development');
  headers.set('x-nonce', nonce);
  // Next takes the nonce for its own scripts from here.
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  const project = request.nextUrl.searchParams.get('project');
  // Next hands it to this request's page too. Of a project that is not theirs, nobody is shown anything.
  if (project !== null && isUuid(project))
    response.cookies.set(PROJECT_COOKIE, project, PROJECT_COOKIE_OPTIONS);
  return response;
}

export const config = { matcher: ['/((?!core/|api/|_next/|healthz|readyz|metrics|.*\\.svg$).*)'] };
