/** A log file of bounded size: the full one is kept once under `.1`, so a part that is in trouble cannot fill the disk. */
import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export class RotatingLog {
  private file: number;
  private bytes: number;

  /** At most two files of `bytesMax`: `path` and `path.1`. */
  constructor(
    private readonly path: string,
    private readonly bytesMax: number,
  ) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.file = openSync(path, 'a', 0o600);
    this.bytes = fstatSync(this.file).size;
  }

  /** Appends; a full disk loses log lines and stops nothing. */
  write(text: string): void {
    try {
      if (this.bytes > 0 && this.bytes + text.length > this.bytesMax) this.rotate();
      this.bytes += writeSync(this.file, text);
    } catch {
      // Logging is the fallback of everything else; it has none of its own.
    }
  }

  private rotate(): void {
    renameSync(this.path, `${this.path}.1`);
    closeSync(this.file);
    this.file = openSync(this.path, 'a', 0o600);
    this.bytes = 0;
  }
}
