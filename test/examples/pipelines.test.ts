import { readFileSync } from "node:fs";
import { join } from "node:path";

const read = (name: string) => readFileSync(join(__dirname, "../../examples/pipelines", name), "utf8");

test("the GitHub workflow saves the state after a failure too, under a key of this attempt", () => {
  const steps = read("github-workflow.yml").split(/^ {6}- /m);
  const restore = steps.find((step) => step.startsWith("uses: actions/cache/restore@"));
  const save = steps.find((step) => step.startsWith("uses: actions/cache/save@"));
  expect(save).toMatch(/^ {8}if: always\(\)/m);
  for (const step of [restore, save]) {
    expect(step).toContain("path: preload.json");
    expect(step).toMatch(/key: preload-.* github\.sha .* github\.run_id .* github\.run_attempt /);
  }
  expect(steps.some((step) => step.startsWith("uses: actions/cache@"))).toBe(false);
  expect(steps.indexOf(save!)).toBeGreaterThan(
    steps.findIndex((step) => step.includes("state: preload.json")),
  );
});

test("the GitLab job saves the state after a failure too", () => {
  expect(read("gitlab-ci.yml")).toMatch(/cache:\n(?: {4}.*\n)* {4}when: always/);
});
