import type { TaskPart } from "../../provider/core/gate-state";
import { partOfShownTask, shownTask } from "../../provider/core/shown-tasks";

const PART: TaskPart = {
  taskId: "14286878547",
  domain: "cdn.example.com",
  creationTime: "2026-11-23T18:00:00+08:00",
  createdMs: Date.parse("2026-11-23T10:00:00Z"),
  endTime: "2026-11-23T10:05:00Z",
  endedMs: Date.parse("2026-11-23T10:05:00Z"),
  retCode: "0",
  processPercent: 99.37,
  status: "Complete",
  requestId: "R-1",
  evidence: "detail",
  namesNoUrl: true,
  unseenCount: 2,
};

test("users read a task's times and percentage as the service writes them, and no number of ours", () => {
  expect(shownTask(PART)).toEqual({
    taskId: "14286878547",
    domain: "cdn.example.com",
    creationTime: "2026-11-23T18:00:00+08:00",
    endTime: "2026-11-23T10:05:00Z",
    retCode: "0",
    process: "99.37%",
    status: "Complete",
    requestId: "R-1",
    evidence: "detail",
    namesNoUrl: true,
    unseenCount: 2,
  });
});

const { endTime: _, endedMs: __, processPercent: ___, createdMs: ____, ...bare } = PART;

test.each<[string, TaskPart]>([
  ["with all that can be known", PART],
  ["at nothing yet", { ...PART, processPercent: 0 }],
  [
    "without an end and a percentage, at a time that names no zone",
    { ...bare, creationTime: "2026-11-23 10:00" },
  ],
])("a task %s is read back as it was shown", (_name, part) => {
  expect(partOfShownTask(shownTask(part))).toEqual(part);
});
