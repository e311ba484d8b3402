import { GateStage, MINUTE_MS, type GateStage as Stage } from "./gate-stage";
import { scripts } from "./scripted-service";

/** A domain's file. */
const file = (domain: number, name = "app.js") => `https://cdn${domain}.example.com/${name}`;
const files = (domain: number, count: number) =>
  Array.from({ length: count }, (_, nth) => file(domain, `${nth}.js`));

function stageWithout(refused: Readonly<Record<number, string>>): Stage {
  const stage = new GateStage();
  for (const [domain, code] of Object.entries(refused))
    stage.service.refusedDomains.set(`cdn${domain}.example.com`, code);
  return stage;
}

const NOT_FOUND = "InvalidDomain.NotFound";
const OFFLINE = "InvalidDomain.Offline";

/** The refusal as users read it, and nothing else. */
const message = ({ failure }: { readonly failure: Error | undefined }) => failure?.message;

test("each refused domain is named with its own code, and the others are submitted once", async () => {
  const stage = stageWithout({ 2: OFFLINE, 5: NOT_FOUND, 6: OFFLINE });
  const urls = [1, 2, 3, 4, 5, 6, 7].map((domain) => file(domain));
  const outcome = await stage.preload(urls);
  expect(outcome).toMatchObject({ verdict: "inconclusive", accepted: false });
  expect(message(outcome)).toContain(
    "The service refused the domains cdn2.example.com, cdn5.example.com (InvalidDomain.NotFound), cdn6.example.com. PushObjectCache: InvalidDomain.Offline",
  );
  expect(stage.service.acceptedUrls.toSorted()).toEqual([1, 3, 4, 7].map((domain) => file(domain)));

  stage.service.refusedDomains.clear();
  stage.startNewProcess();
  const repaired = await stage.preload(urls, { previous: outcome.state });
  expect(repaired).toMatchObject({ verdict: "passed" });
  expect(stage.service.acceptedUrls.toSorted()).toEqual(urls);
});

test("a refused domain keeps no other call's URLs from being submitted, and is not sent again", async () => {
  const stage = stageWithout({ 1: NOT_FOUND });
  const others = files(2, 150);
  const outcome = await stage.preload([...files(1, 250), ...others]);
  expect(message(outcome)).toMatch(/^The service refused the domain cdn1\.example\.com\. PushObjectCache: /);
  expect(stage.service.acceptedUrls).toEqual(others);
  // The first call, and then those of the other domain alone.
  expect(stage.service.pushes.map(({ urls }) => urls.length)).toEqual([100, 50, 100]);
});

test("the search for refused domains ends after five, and names no more", async () => {
  const domains = Array.from({ length: 64 }, (_, domain) => domain);
  const stage = stageWithout(Object.fromEntries(domains.map((domain) => [domain, "IllegalOperation"])));
  const outcome = await stage.preload(domains.map((domain) => file(domain)));
  expect(message(outcome)?.match(/cdn\d+/g)).toEqual(["cdn0", "cdn1", "cdn2", "cdn3", "cdn4"]);
  expect(stage.service.pushes.length).toBeLessThan(20);
  expect(outcome.state.saved.openAttempts).toEqual([]);
});

test("what is purged is preloaded, although another domain is refused", async () => {
  const stage = stageWithout({ 1: NOT_FOUND });
  const urls = [1, 2, 3].map((domain) => file(domain));
  const outcome = await stage.preload(urls, { purgeFirst: true });
  expect(message(outcome)).toMatch(
    /^The service refused the domain cdn1\.example\.com\. RefreshObjectCaches: /,
  );
  expect(stage.service.acceptedUrls).toEqual(urls.slice(1));
  expect(outcome.results.map(({ state }) => state)).toEqual(["notSubmitted", "pending", "pending"]);

  stage.service.refusedDomains.clear();
  const repaired = await stage.preload(urls, { purgeFirst: true, previous: outcome.state });
  expect(repaired).toMatchObject({ verdict: "passed" });
  expect(stage.service.acceptedUrls).toEqual([...urls.slice(1), urls[0]]);
  expect(stage.service.purges.at(-1)?.urls).toEqual([urls[0]]);
});

test("an answer that is lost in one part of a split call is looked for before the next part is sent", async () => {
  const stage = stageWithout({ 1: NOT_FOUND });
  stage.service.pushScripts = [{ unknownOutcome: { isAccepted: true } }];
  const urls = [2, 1, 3].map((domain) => file(domain));
  const outcome = await stage.preload(urls);
  expect(message(outcome)).toMatch(/^The service refused the domain cdn1\.example\.com\./);
  expect(stage.service.acceptedUrls.toSorted()).toEqual([file(2), file(3)]);
  expect(outcome.taskIds).toHaveLength(2);
});

test("a part whose outcome stays unknown is saved as open, and no further part is sent", async () => {
  const stage = stageWithout({ 1: NOT_FOUND });
  stage.service.pushScripts = [{ unknownOutcome: { isAccepted: true } }];
  stage.service.searchError = "permission";
  const urls = [2, 1, 3].map((domain) => file(domain));
  const outcome = await stage.preload(urls);
  expect(outcome.failure?.code).toBe("permission");
  expect(outcome.state.saved.openAttempts.map((open) => open.urls.map(({ written }) => written))).toEqual([
    [file(2)],
  ]);

  stage.service.searchError = undefined;
  stage.service.refusedDomains.clear();
  stage.startNewProcess();
  const repaired = await stage.preload(urls, { previous: outcome.state });
  expect(repaired).toMatchObject({ verdict: "passed" });
  expect(stage.service.acceptedUrls.toSorted()).toEqual(urls.toSorted());
});

test("an interruption and the deadline end the search for a refused domain, and keep the task ids", async () => {
  for (const changes of [{ interruptAfterMs: 120 }, { timeoutMs: 120 }]) {
    const stage = stageWithout({ 4: NOT_FOUND });
    const outcome = await stage.preload(
      [1, 2, 3, 4].map((domain) => file(domain)),
      changes,
    );
    expect(outcome.failure?.code).toBe("interruptAfterMs" in changes ? "interrupted" : "timeout");
    expect(stage.service.acceptedUrls).toEqual([file(1), file(2)]);
    expect(outcome.taskIds).toHaveLength(1);
    expect(outcome.state.saved.openAttempts).toEqual([]);
  }
});

test("the quota that refused domains do not use is there for another resource", async () => {
  const stage = stageWithout({ 1: NOT_FOUND });
  stage.service.taskScripts = [scripts.succeedsAtOnce, scripts.succeedsAtOnce];
  stage.service.quota = {
    ...stage.service.quota,
    preloadL1: { total: 3, remaining: 3 },
    preloadL2: { total: 3, remaining: 3 },
  };
  const refused = await stage.preload([...files(1, 2), file(2)], { quotaCheck: "fail" });
  expect(message(refused)).toContain("refused the domain cdn1.example.com.");
  const other = await stage.preload(files(3, 2), { quotaCheck: "fail", timeoutMs: MINUTE_MS });
  expect(other).toMatchObject({ verdict: "passed", failure: undefined });
});

test("a refusal tells no domain where the URLs are secret", async () => {
  const stage = stageWithout({ 1: NOT_FOUND });
  const outcome = await stage.preload([file(1), file(2)], { urlsAreSecret: true });
  expect(outcome.reasons.join("\n")).toContain("InvalidDomain.NotFound");
  expect(outcome.reasons.join("\n")).not.toContain("example.com");
});
