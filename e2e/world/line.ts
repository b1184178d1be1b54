/** The cable between two parts, as a browser and the web. Cut, all that goes over it is gone at once, and nothing gets through. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export class Line {
  /** Each with the one that what comes from it goes to. */
  private readonly sockets = new Map<Socket, Socket>();
  private isCut = false;
  private isHeld = false;

  private constructor(
    private readonly server: Server,
    private readonly port: number,
    private readonly from: string | undefined,
  ) {
    server.on('connection', (near) => this.join(near));
  }

  /**
   * A line to what listens on the port of `url`; the far end sees it come `from` that address of 127.0.0.0/8, where the
   * system lets one choose.
   */
  static async to(url: string, from?: string): Promise<Line> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Line(server, Number(new URL(url).port), process.platform === 'linux' ? from : undefined);
  }

  /** Where it is reached over this line. */
  get url(): string {
    return `http://127.0.0.1:${this.nearPort}`;
  }

  get nearPort(): number {
    return (this.server.address() as AddressInfo).port;
  }

  cut(): void {
    this.isCut = true;
    for (const [socket] of this.sockets) socket.resetAndDestroy();
  }

  /** Lets nothing through and tells nobody: what is sent meanwhile comes once the line is mended. */
  hold(): void {
    this.isHeld = true;
    for (const [socket] of this.sockets) socket.unpipe().pause();
  }

  mend(): void {
    this.isCut = false;
    this.isHeld = false;
    for (const [socket, other] of this.sockets) socket.pipe(other);
  }

  async close(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(near: Socket): void {
    if (this.isCut) {
      near.resetAndDestroy();
      return;
    }
    const far = connect({
      port: this.port,
      host: '127.0.0.1',
      ...(this.from === undefined ? {} : { localAddress: this.from }),
    });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.set(socket, other);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
      if (!this.isHeld) socket.pipe(other);
    }
  }
}
