import { readFileSync, readlinkSync } from "node:fs";
import { connect as connectHttp2 } from "node:http2";

/**
 * The address of the engine that started this process: the last positional argument of its command line;
 * `undefined` where none stands there.
 */
export function engineAddress(argv: readonly string[] = process.argv): string | undefined {
  const address = argv.at(-1) ?? "";
  return /^[\w.[\]:-]+:\d+$/.test(address) ? address : undefined;
}

/** How long after a lost connection the engine is tried once more, in milliseconds: it may only have closed it. */
const RECONNECT_DELAY_MS = 100;

/**
 * Tells once when the engine's process is gone: after a kill it sends no Cancel and leaves this process behind, and
 * the parent may be a shell that lives on. A connection to the engine ends with it.
 *
 * @param argv the command line of this process; see {@link engineAddress}.
 */
export function onEngineDeath(listener: () => void, argv: readonly string[] = process.argv): void {
  const address = engineAddress(argv);
  if (address === undefined) return;
  let wasConnected = false;
  const watch = () => {
    const connection = connectHttp2(`http://${address}`);
    let isConnected = false;
    connection.on("connect", () => {
      isConnected = true;
      wasConnected = true;
    });
    // Its `close` follows, and tells all there is to tell.
    connection.on("error", () => undefined);
    connection.on("close", () => {
      if (isConnected) setTimeout(watch, RECONNECT_DELAY_MS).unref();
      else if (wasConnected) listener();
    });
    connection.unref();
  };
  watch();
}

/** The engine may start this process by a shell script; further up nothing is of interest. */
const MAX_SHELLS = 3;

/** Whether the engine shows its rows on a terminal, where a status replaces the one before it. */
export function isEngineOnTerminal(parentPid: number = process.ppid): boolean {
  try {
    let pid = parentPid;
    for (let shells = 0; shells < MAX_SHELLS; shells++) {
      if (!/^(ba|da|z|a)?sh$/.test(readFileSync(`/proc/${pid}/comm`, "utf8").trim())) break;
      pid = Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
    }
    return /^\/dev\/(pts|tty)/.test(readlinkSync(`/proc/${pid}/fd/1`));
  } catch {
    return false;
  }
}
