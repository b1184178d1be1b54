'use client';
import { useEffect, useState } from 'react';
import { whenIdle } from './when-idle';

/** True once the page is drawn and the browser idle: then is the time to read what it does at first without. */
export function useDrawn(): boolean {
  const [isDrawn, setDrawn] = useState(false);
  useEffect(() => whenIdle(() => setDrawn(true)), []);
  return isDrawn;
}
