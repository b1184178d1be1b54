'use client';
// Sentences of the server that hold moments: each is written as the console writes times.
import { Timestamp } from './time';

const RFC3339 = /(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z)/;

/** A sentence of the server's with the times in it as the console writes times. */
export function WithTimes({ text }: { text: string }) {
  // What is split by stands at the odd places.
  return text
    .split(RFC3339)
    .map((part, i) => (i % 2 === 1 ? <Timestamp key={`${i} ${part}`} at={part} /> : part));
}
