'use client';
import { Notifications } from '@mantine/notifications';

/** Where what `toast.tsx` says is shown; what was said before it is here is shown then. */
export const Toasts = () => <Notifications position="top-center" limit={4} autoClose={6000} zIndex={400} />;
