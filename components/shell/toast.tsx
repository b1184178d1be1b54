'use client';
// What the last action came to, said once at the top and read out. A newer outcome takes the place of the older
// ones: a refusal that stood beside the success of its repetition would be read as the state of things.
import { notifications } from '@mantine/notifications';
import { IconCheck, IconX } from '@tabler/icons-react';
import { onDemand } from '@/components/ui/on-demand';
import classes from './toast.module.css';

/** Where they are shown; the first of them fetches it. */
export const toasts = onDemand(() => import('./toasts').then(({ Toasts }) => Toasts));

/** One at a time, however often the key is pressed. */
const NOT_NOW_ID = 'not-now';

/** A refusal as server actions return it. */
export interface RefusalInfo {
  code: string;
  detail: string;
}

/** Says that it was done. */
export function toastDone(message: string): void {
  toasts.want();
  notifications.clean();
  notifications.show({
    message,
    color: 'tide',
    icon: <IconCheck size={14} aria-hidden />,
    className: classes.toast ?? '',
  });
}

/** Says that it was refused: the sentence, and the stable code for whoever has to look it up. */
export function toastRefused({ code, detail }: RefusalInfo): void {
  toasts.want();
  notifications.clean();
  notifications.show({
    title: detail,
    message: <span className="tg-mono">{code}</span>,
    color: 'red',
    icon: <IconX size={14} aria-hidden />,
    autoClose: 12_000,
    className: classes.toast ?? '',
  });
}

/** Says why a key did nothing. */
export function toastNotNow(reason: string): void {
  toasts.want();
  notifications.hide(NOT_NOW_ID);
  notifications.show({ id: NOT_NOW_ID, message: reason, color: 'gray', className: classes.toast ?? '' });
}
