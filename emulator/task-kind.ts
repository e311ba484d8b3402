/** What a task does to its URLs: the service's `ObjectType`. */
export type ObjectType = "preload" | "file" | "directory" | "regex" | "ignoreparams";

/** The two kinds of submissions. Each counts separately. */
export type TaskKind = "preload" | "refresh";

/** Whether a task preloads or refreshes. */
export function taskKind(objectType: ObjectType): TaskKind {
  return objectType === "preload" ? "preload" : "refresh";
}
