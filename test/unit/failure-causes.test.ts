import { groupByCause, type UrlFailure } from "../../provider/core/failure-causes";

function failure(changes: Partial<UrlFailure> = {}): UrlFailure {
  return {
    url: "https://cdn.example.com/app.js",
    state: "failed",
    problem: "taskFailed",
    retCode: "500",
    status: "Failed",
    description: "Origin Timeout",
    errorCode: null,
    ...changes,
  };
}

const urlAt = (index: number) => `https://cdn.example.com/${index}.js`;
const sizes = (failures: readonly UrlFailure[]) =>
  groupByCause(failures, (one) => one).map(({ members }) => members.length);

test("forty URLs of one cause are one group, in the order in which they were given", () => {
  const failures = Array.from({ length: 40 }, (_, index) => failure({ url: urlAt(index) }));
  const groups = groupByCause(failures, (one) => one);
  const { url: _, ...cause } = failure();
  expect(groups).toEqual([{ cause, members: failures }]);
});

test.each<[string, Partial<UrlFailure>]>([
  ["what failed", { problem: "tooFewPops" }],
  ["the state", { state: "unknown" }],
  ["the RetCode", { retCode: "400" }],
  ["the status", { status: "Complete" }],
  ["the service's words", { description: "Internal Error" }],
  ["what ended the work", { errorCode: "timeout" }],
])("%s tells two causes apart", (_name, changes) => {
  expect(sizes([failure(), failure(changes)])).toEqual([1, 1]);
});

test("failures without a known kind are told apart by their text", () => {
  const texts = ["its task still runs", "its task still runs", "it was not submitted"];
  expect(sizes(texts.map((text) => failure({ problem: { text } })))).toEqual([2, 1]);
});

test("the service's details are the same cause in another order, repeated, or with the URL in them", () => {
  const failures = [
    failure({ url: urlAt(1), description: "Origin Timeout|Internal Error" }),
    failure({ url: urlAt(2), description: "Internal Error | Origin Timeout|Internal Error" }),
  ];
  const [group] = groupByCause(failures, (one) => one);
  expect(group!.members).toHaveLength(2);
  expect(group!.cause.description).toBe("Origin Timeout|Internal Error");
  const named = [1, 2].map((index) =>
    failure({ url: urlAt(index), description: `GET ${urlAt(index)} got 503` }),
  );
  expect(groupByCause(named, (one) => one).map(({ cause }) => cause.description)).toEqual(["GET … got 503"]);
  const byPath = [1, 2].map((index) => failure({ url: urlAt(index), description: `/${index}.js: 503` }));
  expect(sizes(byPath)).toEqual([2]);
});

test("the path of a URL that is no more than a slash is not looked for in the service's words", () => {
  const root = failure({ url: "https://cdn.example.com/", description: "4XX/5XX" });
  expect(groupByCause([root], (one) => one)[0]!.cause.description).toBe("4XX/5XX");
});

test("failed URLs come before those that are not settled, and of these the largest group first", () => {
  const pending = Array.from({ length: 9 }, () => failure({ state: "pending", problem: "running" }));
  const failures = [...pending, failure({ retCode: "1" }), failure(), failure()];
  const groups = groupByCause(failures, (one) => one);
  expect(groups.map(({ cause, members }) => [cause.state, cause.retCode, members.length])).toEqual([
    ["failed", "500", 2],
    ["failed", "1", 1],
    ["pending", "500", 9],
  ]);
});

test("no failure is no group", () => {
  expect(groupByCause([], () => failure())).toEqual([]);
});
