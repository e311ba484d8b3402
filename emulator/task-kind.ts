/** What a task does to its URLs: the service's `ObjectType`. */
export type ObjectType = "preload" | "file" | "directory" | "regex" | "ignoreparams";

/** The two things that can be done to URLs; each counts its submissions on its own. */
export type TaskKind = "preload" | "refresh";

/** Whether a task preloads or refreshes. */
export function taskKind(objectType: ObjectType): TaskKind {
  return objectType === "preload" ? "preload" : "refresh";
}
