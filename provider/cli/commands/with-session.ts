import { openSession, type Session } from "../../gate";
import type { ConnectionOptions } from "../options/command-options";
import { sessionOptionsOf } from "../options/connection-options";

/** Opens the one session of a command, and closes it in any case. */
export async function withSession<T>(
  options: ConnectionOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = openSession(sessionOptionsOf(options));
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}
