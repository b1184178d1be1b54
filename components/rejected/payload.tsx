'use client';
// The payload as the device sent it, letter by letter, with the offending place marked and in sight.
import { useEffect, useRef } from 'react';
import type { RejectedBatchDetail } from '@/server/contract/rows';
import { locate } from './locate';
import classes from './rejected.module.css';

const AROUND_CHARS = 20_000;

/** A long payload is cut around the marked place; the whole of it can be copied. */
export function Payload({ batch }: { batch: RejectedBatchDetail }) {
  const mark = useRef<HTMLElement>(null);
  const { payload: text, payload_encoding: encoding, path } = batch;
  useEffect(() => {
    const box = mark.current?.closest('pre');
    if (box && mark.current) box.scrollTop = mark.current.offsetTop - box.offsetTop - 80;
  }, [text]);
  const range = encoding === 'utf-8' && path !== null ? locate(text, path) : null;
  const from = Math.max(0, (range?.from ?? 0) - AROUND_CHARS);
  const to = Math.min(text.length, (range?.to ?? 0) + AROUND_CHARS);
  return (
    <pre className={classes.payload} tabIndex={0} role="region" aria-label="Payload">
      {from > 0 ? '…' : ''}
      {range === null ? (
        text.slice(from, to)
      ) : (
        <>
          {text.slice(from, range.from)}
          <mark ref={mark} title={batch.detail}>
            {text.slice(range.from, range.to)}
          </mark>
          {text.slice(range.to, to)}
        </>
      )}
      {to < text.length ? '…' : ''}
    </pre>
  );
}
