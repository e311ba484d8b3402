import type { GateEvent as Event, EventSink as Sink } from "../gate/events";
import type { Wording } from "../wording/wording";

type NoticeEvent = Extract<Event, { readonly type: "notice" }>;

/** What a gate tells while it works; a notice with its message for people. */
export type GateEvent = Exclude<Event, NoticeEvent> | (NoticeEvent & { readonly message: string });

export type EventSink = (event: GateEvent) => void;

/** A sink for the gate that tells notices in words. */
export function sinkInWords(sink: EventSink, wording: Wording): Sink {
  return (event) =>
    sink(event.type === "notice" ? { ...event, message: wording.notice(event.notice) } : event);
}
