import { PROVIDER_SOURCE } from "../../../provider/pulumi/provider-source";

interface Provider {
  check(olds: object, news: object): Promise<{ inputs: object; failures: object[] }>;
  diff(): Promise<object>;
  create(inputs: object): Promise<unknown>;
  update(id: string, olds: object, news: object): Promise<unknown>;
  read(id: string, props: object): Promise<object>;
  delete(id: string, props: object): Promise<void>;
}

const told: string[] = [];
beforeEach(() => told.splice(0));

/** Evaluates the string as the engine's host does, where `load` is what requiring the package comes to. */
function providerWhere(load: (path: string) => unknown): Provider {
  const exported: { handler?: () => Provider } = {};
  const host = { cwd: () => "/project" };
  const screen = { log: (text: string) => told.push(text) };
  new Function("exports", "require", "process", "console", PROVIDER_SOURCE)(exported, load, host, screen);
  return exported.handler!();
}

const refusing = (error: unknown) => () => {
  throw error;
};

test("where the package is installed its own provider is used", () => {
  const provider = {};
  const paths: string[] = [];
  const load = (path: string) => {
    paths.push(path);
    return { handler: () => provider };
  };
  expect(providerWhere(load)).toBe(provider);
  expect(paths).toEqual(["cdn-preload-gate/provider"]);
});

const ADVICE =
  ' Add "cdn-preload-gate" to the dependencies of the package.json there and install it, also where only a library that you use depends on it.';

const notFound = (message: string) =>
  refusing(Object.assign(new Error(message), { code: "MODULE_NOT_FOUND" }));

describe.each<[string, () => unknown, string]>([
  [
    "is not installed",
    notFound("Cannot find module 'cdn-preload-gate/provider'\nRequire stack:\n- /x"),
    `Cannot find module 'cdn-preload-gate/provider'.${ADVICE}`,
  ],
  [
    "lacks a dependency of its own",
    notFound("Cannot find module 'zod'"),
    `Cannot find module 'zod'.${ADVICE}`,
  ],
  ["refuses its Node", refusing(new Error("It needs Node 22.19.")), "It needs Node 22.19."],
  ["throws no error at all", refusing("broken"), "broken."],
  ["cannot make its provider", () => ({ handler: refusing(new Error("no engine")) }), "no engine."],
])("where the package %s", (_case, load, cause) => {
  const problem = `cdn-preload-gate cannot be loaded in /project, where Pulumi runs it: ${cause}`;

  test("check says why and what to add", async () => {
    expect(await providerWhere(load).check({}, { urls: [] })).toEqual({
      inputs: { urls: [] },
      failures: [{ property: "", reason: problem }],
    });
  });

  test("create and update are refused with the same, and diff reports nothing", async () => {
    const provider = providerWhere(load);
    await expect(provider.create({})).rejects.toMatchObject({ message: problem, stack: "" });
    await expect(provider.update("id", {}, {})).rejects.toMatchObject({ message: problem });
    expect(await provider.diff()).toEqual({ changes: false });
  });

  test("read keeps what is saved and says so once", async () => {
    const provider = providerWhere(load);
    const props = { stateVersion: 1, verdict: "failed" };
    expect(await provider.read("id", props)).toEqual({ id: "id", props });
    await provider.read("id", props);
    expect(told).toEqual([`Kept as it is. ${problem}`]);
  });

  test("read of a resource that was never saved is refused", async () => {
    await expect(providerWhere(load).read("id", { urls: [] })).rejects.toThrow(problem);
    expect(told).toEqual([]);
  });

  test("delete succeeds and says so once", async () => {
    const provider = providerWhere(load);
    await provider.delete("id", {});
    await provider.delete("id", {});
    expect(told).toEqual([`Forgotten; a preload cannot be undone. ${problem}`]);
  });
});
