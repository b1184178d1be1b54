import NextAuth from 'next-auth';
import type { NextRequest } from 'next/server';
import { authOptions } from '@/server/console/auth';

const handle = async (request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) =>
  (await NextAuth(request as never, context as never, authOptions())) as Response;

export { handle as GET, handle as POST };
