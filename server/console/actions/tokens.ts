'use server';
import { z } from 'zod';
import type { CreateTokenInput } from '@/server/contract/auth';
import { uuid } from '@/server/contract/common';
import { createToken } from '@/server/engine/auth/create-token';
import { revokeToken } from '@/server/engine/auth/revoke-token';
import { outcomeOf } from './outcome';

const shape = z.strictObject({ projectId: uuid, tokenId: uuid });

/** Makes a personal API token; its text is in this answer and nowhere else. */
export async function createTokenAction(projectId: string, input: CreateTokenInput) {
  return outcomeOf(projectId, ({ ctx }) => createToken({ ctx, input }));
}

/** Ends a token at once. */
export async function revokeTokenAction(target: { projectId: string; tokenId: string }) {
  return outcomeOf(target.projectId, ({ ctx }) => revokeToken({ ctx, tokenId: shape.parse(target).tokenId }));
}
