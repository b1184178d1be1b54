'use client';
import { Modal, type ModalProps } from '@mantine/core';

/** What `Dialog` fetches. */
export const DialogFrame = (props: ModalProps) => <Modal {...props} />;
