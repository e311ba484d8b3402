import fc from "fast-check";
import { toServiceTime } from "../../emulator/clock";
import { resolveScript } from "../../emulator/scenario";
import { parseSubmittedUrl } from "../../emulator/submitted-url";
import { isVisible, TaskStore } from "../../emulator/task-store";

interface Submitted {
  readonly domain: string;
  readonly path: string;
  /** Since the submission before. */
  readonly laterMs: number;
}

const submitted: fc.Arbitrary<Submitted> = fc.record({
  domain: fc.constantFrom("a.example.com", "b.example.com"),
  path: fc.constantFrom("/1", "/2", "/2?x=1"),
  laterMs: fc.constantFrom(0, 0, 0, 1, 400, 1_000, 1_700),
});

/** Takes URLs in, one after the other, and returns the store with the rows in order. */
function take(urls: readonly Submitted[], urlsPerTaskId: number) {
  const store = new TaskStore();
  let nowMs = Date.parse("2026-01-15T08:00:00Z");
  const rows = urls.map(({ domain, path, laterMs }) => {
    nowMs += laterMs;
    const url = parseSubmittedUrl(`https://${domain}${path}`);
    if (!url) throw new Error("not a URL");
    return store.accept(
      { url, objectType: "preload", submittedAtMs: nowMs, chosen: resolveScript("passes") },
      { taskIdSharing: "domain", urlsPerTaskId, taskIdsAsNumbers: false },
    );
  });
  return { store, rows };
}

test("a task id always holds URLs of one domain and second, within its limit", () => {
  fc.assert(
    fc.property(fc.array(submitted, { maxLength: 40 }), fc.integer({ min: 1, max: 5 }), (urls, limit) => {
      const { store } = take(urls, limit);
      for (const taskId of store.taskIds) {
        const rows = store.rowsOf(taskId) ?? [];
        const sharers = new Set(rows.map((row) => `${row.url.domain} ${toServiceTime(row.submittedAtMs)}`));
        expect(sharers.size).toBe(1);
        expect(rows.length).toBeLessThanOrEqual(limit);
      }
    }),
  );
});

test("the number of issued ids is never higher than the URLs of each domain and second need", () => {
  fc.assert(
    fc.property(fc.array(submitted, { maxLength: 40 }), fc.integer({ min: 1, max: 5 }), (urls, limit) => {
      const { store, rows } = take(urls, limit);
      const countByGroup = new Map<string, number>();
      for (const row of rows) {
        const group = `${row.url.domain} ${toServiceTime(row.submittedAtMs)}`;
        countByGroup.set(group, (countByGroup.get(group) ?? 0) + 1);
      }
      const needed = [...countByGroup.values()].reduce((sum, count) => sum + Math.ceil(count / limit), 0);
      expect(store.taskIds).toHaveLength(needed);
    }),
  );
});

test("every submission is always counted once, for its own URL", () => {
  fc.assert(
    fc.property(fc.array(submitted, { maxLength: 40 }), (urls) => {
      const { store, rows } = take(urls, 3);
      expect(store.rows).toEqual(rows);
      for (const { domain, path } of urls) {
        const same = urls.filter((url) => url.domain === domain && url.path === path).length;
        expect(store.submissionCount("preload", { domain, path })).toBe(same);
        expect(store.submissionCount("refresh", { domain, path })).toBe(0);
      }
    }),
  );
});

test("a row is visible after the delay, at any speed", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 1, max: 1_000 }), (sinceMs, speed) => {
      const [row] = take([{ domain: "a.example.com", path: "/1", laterMs: 0 }], 1).rows;
      if (!row) throw new Error("nothing was taken in");
      const nowMs = row.submittedAtMs + sinceMs;
      expect(isVisible(row, nowMs, { speed, visibilityDelayMs: 2_000 })).toBe(sinceMs >= 2_000);
    }),
  );
});
