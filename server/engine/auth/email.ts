/** One spelling per address: people type capitals and blanks, and one person must not become two. */
export const normalizeEmail = (email: string): string => email.trim().toLowerCase();
