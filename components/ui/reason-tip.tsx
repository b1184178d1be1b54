'use client';
import { Tooltip } from '@mantine/core';
import { useEffect, useState, type RefObject } from 'react';

const DELAY_MS = 250;

/** What `ActionButton` fetches: `reason` beside `target`, once the pointer or the focus has stayed. */
export function ReasonTip({ target, reason }: { target: RefObject<HTMLElement | null>; reason: string }) {
  const [stayed, setStayed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setStayed(true), DELAY_MS);
    return () => clearTimeout(timer);
  }, []);
  return <Tooltip target={target} label={reason} opened={stayed} />;
}
