import { stripVTControlCharacters } from "node:util";
import { displayWidth } from "../../provider/cli/output/display-width";
import { createProgressView } from "../../provider/cli/output/progress-view";
import type { Language } from "../../provider/core/language";
import type { Progress } from "../../provider/gate";
import { wordingFor } from "../support/words";

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

function recorded(env: NodeJS.ProcessEnv = {}, language: Language = "en") {
  const lines: string[] = [];
  const stream = { isTTY: false, write: (text: string) => lines.push(text) } as unknown as NodeJS.WriteStream;
  return {
    lines,
    view: createProgressView({ quiet: false, wording: wordingFor("commandLine", { language }), stream, env }),
  };
}

/** A terminal that keeps what is written to it. */
function terminalOf(columns: number) {
  const written: string[] = [];
  const write = (text: string) => written.push(text);
  return { written, stream: { isTTY: true, columns, write } as unknown as NodeJS.WriteStream };
}

const progress = (changes: Partial<Progress>): { type: "progress"; progress: Progress } => ({
  type: "progress",
  progress: {
    urls: 10,
    preloaded: 0,
    failed: 0,
    processPercent: 0,
    remainingMs: undefined,
    elapsedMs: 0,
    apiCalls: 1,
    ...changes,
  },
});

test("where there is no terminal a line is written for each tenth of the work or half minute, and no more", () => {
  const { lines, view } = recorded();
  for (let percent = 0; percent <= 100; percent += 1)
    view.show(progress({ processPercent: percent, elapsedMs: percent }));
  view.end();
  expect(lines).toHaveLength(11);
  expect(lines[1]).toBe("[     0s] 10% of POPs, 0 of 10 URLs preloaded, 1 call\n");
});

test("where nothing changes a line is written every half minute, so that no CI system gives the job up", () => {
  const { lines, view } = recorded();
  view.show(progress({ processPercent: 5 }));
  jest.advanceTimersByTime(95_000);
  view.end();
  jest.advanceTimersByTime(95_000);
  expect(lines).toHaveLength(4);
  expect(lines[3]).toBe("[ 1m 30s] 5% of POPs, 0 of 10 URLs preloaded, 1 call\n");
});

test("a hundred submissions are told in ten lines", () => {
  const { lines, view } = recorded();
  view.show({ type: "submitting", purpose: "preload", urls: 10_000, calls: 100 });
  for (let call = 0; call < 100; call += 1)
    view.show({ type: "submitted", urls: 100, taskIds: [String(call)] });
  view.end();
  expect(lines.length).toBeLessThanOrEqual(12);
  expect(lines[0]).toContain("submitting 10000 URLs in 100 calls");
  expect(lines.at(-1)).toMatch(/submitted (9[1-9]|100)\d\d of 10000 URLs/);
});

test("in Chinese each line of a log has its time in as many columns", () => {
  const { lines, view } = recorded({}, "zh");
  for (let percent = 0; percent <= 100; percent += 1) {
    view.show(progress({ processPercent: percent, elapsedMs: percent }));
    jest.advanceTimersByTime(1_000);
  }
  view.end();
  expect(lines[1]).toBe("[      10 秒] 10% 的节点已完成，10 个 URL 中 0 个已预热，1 次调用\n");
  const columns = lines.map((line) => displayWidth(line.slice(0, line.indexOf("]"))));
  expect(new Set(columns)).toEqual(new Set([columns[0]]));
});

test.each([24, 40, 60, 100])("in Chinese a bar with its text fits into %i columns", (columns) => {
  const { stream, written } = terminalOf(columns);
  const wording = wordingFor("commandLine", { language: "zh" });
  const view = createProgressView({ quiet: false, wording, stream, env: { TERM: "xterm" } });
  view.show(progress({ processPercent: 62, preloaded: 5, failed: 1, remainingMs: 80_000, apiCalls: 37 }));
  jest.advanceTimersByTime(2_000);
  view.end();
  const texts = written.map((text) => stripVTControlCharacters(text).replaceAll(/[\r\n]/g, ""));
  expect(texts.some((text) => text.includes("62%"))).toBe(true);
  for (const text of texts) expect(displayWidth(text)).toBeLessThan(columns);
});

test.each([60, 80, 200])(
  "a bar of %i columns tells how far the work is and how long it still takes",
  (columns) => {
    const { stream, written } = terminalOf(columns);
    const view = createProgressView({ quiet: false, wording: wordingFor("commandLine"), stream, env: {} });
    const seen = { urls: 10_000, preloaded: 1_234, failed: 56, processPercent: 47, apiCalls: 1_790 };
    view.show(progress({ ...seen, remainingMs: 35 * 60_000, elapsedMs: 12 * 60_000 }));
    jest.advanceTimersByTime(5_000);
    view.end();
    const line = stripVTControlCharacters(written.findLast((text) => text.includes("47% of POPs")) ?? "");
    expect(line.length).toBeLessThan(columns);
    expect(line).toMatch(/47% of POPs, .*~35m left/);
    expect(line.includes("1790 calls")).toBe(columns >= 80);
  },
);
