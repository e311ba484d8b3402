import type { RunContext as GateContext } from "../gate/run-context";
import { type Session as GateSession, openSession as open, type SessionOptions } from "../gate/session";
import type { CredentialSource } from "../transport/credentials";
import { clientInWords } from "./client-in-words";
import type { EventSink } from "./gate-event";
import { inWords, inWordsNow } from "./in-words";

/** What every run needs from around it. */
export interface RunContext extends Omit<GateContext, "emit"> {
  readonly emit: EventSink;
  /** Messages then name a URL by its place (`urls[3]`). */
  readonly urlsAreSecret: boolean;
}

/**
 * What all runs of a process share: one account, one budget of calls, one schedule of polls, one pool of
 * connections. Open one a process.
 */
export interface Session extends Omit<GateSession, "context"> {
  /** What one run needs; its client counts that run's calls. */
  context(run: {
    readonly signal: AbortSignal;
    readonly emit: EventSink;
    readonly urlsAreSecret: boolean;
  }): RunContext;
}

/**
 * Opens a session; no call is made before a run needs one.
 *
 * @throws GateError `usage` where an option is not valid.
 */
export function openSession(options: SessionOptions = {}): Session {
  const session = inWordsNow(() => open(options));
  const credentials: CredentialSource = {
    origin: () => session.credentials.origin(),
    get: (signal) => inWords(() => session.credentials.get(signal)),
    invalidate: () => session.credentials.invalidate?.(),
    accountNumber: () => session.credentials.accountNumber?.(),
  };
  return {
    ...session,
    client: clientInWords(session.client),
    credentials,
    context: ({ signal, emit, urlsAreSecret }) => ({
      ...session.context({ signal, emit: () => {} }),
      emit,
      urlsAreSecret,
    }),
  };
}
