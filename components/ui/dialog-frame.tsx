'use client';
import { Modal, type ModalProps } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

/** Tells that it is drawn and has the focus: Mantine draws what is in a modal late, and gives it the focus after that. */
function Told({ onDrawn, children }: { onDrawn: (isDrawn: boolean) => void; children: ReactNode }) {
  useEffect(() => {
    const told = setTimeout(() => onDrawn(true), 0);
    return () => {
      clearTimeout(told);
      onDrawn(false);
    };
  }, [onDrawn]);
  return children;
}

/** What `Dialog` fetches. */
export const DialogFrame = ({
  children,
  onDrawn,
  ...modal
}: ModalProps & { onDrawn: (isDrawn: boolean) => void }) => (
  <Modal {...modal}>
    <Told onDrawn={onDrawn}>{children}</Told>
  </Modal>
);
