import type { Emulator } from "../../emulator";
import { openSession, type Session } from "../../provider/gate";

/** Sessions with an emulator, each as another process would open it: it knows nothing of the service's time. */
export class Sessions {
  readonly #open: Session[] = [];

  with({ endpoint, accessKeyId, accessKeySecret }: Emulator): Session {
    const opened = openSession({ endpoint, accessKey: { accessKeyId, accessKeySecret, from: "the test" } });
    this.#open.push(opened);
    return opened;
  }

  async close(): Promise<void> {
    await Promise.all(this.#open.splice(0).map((opened) => opened.close()));
  }
}
