'use client';
// What an action came to, said once at the corner and read out.
import { notifications } from '@mantine/notifications';
import { IconCheck, IconX } from '@tabler/icons-react';
import classes from './toast.module.css';

/** A refusal as server actions return it. */
export interface RefusalInfo {
  code: string;
  detail: string;
}

/** Says that it was done. */
export function toastDone(message: string): void {
  notifications.show({
    message,
    color: 'tide',
    icon: <IconCheck size={14} aria-hidden />,
    className: classes.toast ?? '',
  });
}

/** Says that it was refused: the sentence, and the stable code for whoever has to look it up. */
export function toastRefused({ code, detail }: RefusalInfo): void {
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
  notifications.show({ message: reason, color: 'gray', className: classes.toast ?? '' });
}
