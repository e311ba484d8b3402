/** @jest-environment ./test/engine/rejection-environment.ts */
import { Preload } from "../../provider";
import { EngineStack } from "./engine-stack";

const URLS = ["https://a.example.com/app.js", "https://b.example.com/app.css"];

let stack: EngineStack;
beforeEach(async () => {
  stack = await EngineStack.create({ emulator: { speed: 5 } });
  stack.program = () => new Preload("warm", { urls: URLS });
});
afterEach(() => stack.close());

const submissions = () => URLS.map((url) => stack.emulator.submissionCount(url));

test("a submission whose answer is lost is looked up, its tasks are adopted, and nothing is submitted twice", async () => {
  stack.emulator.setFaults([{ kind: "resetAfter", operation: "PushObjectCache" }]);
  const up = await stack.up();
  expect(up.exitCode).toBe(0);
  expect(up.output).toContain("The service may or may not have accepted this submission (2 URLs, sent ");
  expect(submissions()).toEqual([1, 1]);
  expect(stack.emulator.calls.filter(({ operation }) => operation === "PushObjectCache")).toHaveLength(1);
  expect(stack.resource("warm").outputs).toMatchObject({
    verdict: "passed",
    taskIds: stack.emulator.tasks().map(({ taskId }) => taskId),
    saved: { openAttempts: [] },
  });
});

test("where the search is refused the attempt is saved as open, and the next up, once the policy is fixed, adopts its tasks", async () => {
  stack.emulator.configure({
    ramPolicy: {
      Statement: [
        { Effect: "Allow", Action: "cdn:*" },
        { Effect: "Deny", Action: "cdn:DescribeRefreshTasks" },
      ],
    },
  });
  stack.emulator.setFaults([{ kind: "resetAfter", operation: "PushObjectCache" }]);
  const failing = await stack.up();
  expect(failing.exitCode).toBeGreaterThan(0);
  expect(failing.output).toContain("CDN preload inconclusive; of 2 URLs: 2 unknown.");
  expect(failing.output).toContain(
    "the service may or may not have accepted its submission, so it was not submitted again",
  );
  expect(failing.output).toMatch(/DescribeRefreshTasks.*Forbidden\.RAM/);
  expect(stack.resource("warm").outputs).toMatchObject({
    verdict: "inconclusive",
    accepted: false,
    saved: { openAttempts: [{ purpose: "preload", urls: URLS }] },
  });

  // Refused again, the next up leaves it open and submits nothing.
  expect((await stack.up()).exitCode).toBeGreaterThan(0);
  expect(submissions()).toEqual([1, 1]);

  stack.emulator.configure({
    ramPolicy: { Statement: [{ Effect: "Allow", Action: "cdn:*" }] },
  });
  const next = await stack.up();
  expect(next.exitCode).toBe(0);
  expect(submissions()).toEqual([1, 1]);
  expect(stack.resource("warm").outputs).toMatchObject({
    verdict: "passed",
    taskIds: stack.emulator.tasks().map(({ taskId }) => taskId),
    saved: { openAttempts: [] },
  });
});
