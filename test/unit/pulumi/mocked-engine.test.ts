import * as pulumi from "@pulumi/pulumi";
import { Preload, PreloadGate } from "../../../provider";

/** What the mocked engine gives back of a resource, beside its inputs. */
let outputs: Record<string, unknown> = {};
let sent: Record<string, unknown> = {};

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource: ({ inputs, name }) => {
      sent = inputs;
      return { id: `${name}-id`, state: { ...inputs, ...outputs } };
    },
    call: () => ({}),
  }),
);

const valueOfOutput = <T>(output: pulumi.Output<T>) =>
  new Promise<T>((resolve) => void output.apply(resolve));

test("in a user's unit tests, passed is what the mock says of accepted", async () => {
  outputs = { verdict: "passed", accepted: true };
  const warm = new Preload("warm", { urls: ["https://cdn.example.com/a.js"] });
  expect(await valueOfOutput(warm.passed)).toBe(true);
});

test("the option import is refused with what to do instead", () => {
  expect(() => new PreloadGate("gate", { taskIds: "14286878547" }, { import: "14286878547" })).toThrow(
    "PreloadGate gate cannot be imported: there is nothing to look up by an id. Take the option `import` away; to wait for a task that exists, give its id to a PreloadGate.",
  );
});

test("what the classes add to the user's inputs has names that the engine shows nowhere", async () => {
  outputs = {};
  const gate = new PreloadGate("gate", { taskIds: pulumi.output("14286878547"), timeout: "5m" });
  await valueOfOutput(gate.urn);
  const added = Object.keys(sent).filter((key) => !["taskIds", "timeout"].includes(key));
  expect(added.sort()).toEqual(["__context", "__inputsFingerprint", "__provider"]);
});

test("what repeats secret inputs is sent as secret, so that the engine keeps it so", async () => {
  outputs = {};
  const gate = new PreloadGate("gate", { taskIds: pulumi.secret("14286878547") });
  await valueOfOutput(gate.urn);
  expect(Object.keys(sent)).toEqual(expect.arrayContaining(["results", "saved", "taskIds", "tasks"]));
  expect(sent.__context).toMatchObject({ urlsAreSecret: true });
});

test("the names in this package's namespace of the stack's config are sent, without values", async () => {
  outputs = {};
  pulumi.runtime.setAllConfig({ "alicdn:endpiont": "hush", "alicdn:callsPerSecond": "5", "app:size": "1" });
  try {
    const gate = new PreloadGate("gate", { taskIds: "14286878547" });
    await valueOfOutput(gate.urn);
    expect(sent.__context).toMatchObject({ configNames: ["callsPerSecond", "endpiont"] });
    expect(JSON.stringify(sent)).not.toContain("hush");
  } finally {
    pulumi.runtime.setAllConfig({});
  }
});

test("in a project that is called as the namespace, its values are the program's own", async () => {
  outputs = {};
  const project = jest.spyOn(pulumi, "getProject").mockReturnValue("alicdn");
  pulumi.runtime.setAllConfig({ "alicdn:endpiont": "own" });
  try {
    const gate = new PreloadGate("gate", { taskIds: "14286878547" });
    await valueOfOutput(gate.urn);
    expect(sent.__context).not.toHaveProperty("configNames");
  } finally {
    pulumi.runtime.setAllConfig({});
    project.mockRestore();
  }
});
