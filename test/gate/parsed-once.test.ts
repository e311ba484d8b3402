import { readGateState, savedStateOf } from "../../provider/core/saved-state";
import { GateStage } from "./gate-stage";
import { scripts } from "./scripted-service";

const URLS = Array.from({ length: 100 }, (_item, index) => `https://cdn.example.com/assets/${index}.js?v=1`);

/** How often the product has parsed a URL; what the scripted service parses itself is not counted. */
let parses = 0;
const { URL: PlainUrl } = globalThis;

beforeAll(() => {
  globalThis.URL = class extends PlainUrl {
    constructor(...args: ConstructorParameters<typeof PlainUrl>) {
      super(...args);
      const { stack = "" } = new Error();
      if (stack.includes("preload-url") && !stack.includes("scripted-service")) parses += 1;
    }
  } as typeof PlainUrl;
});
beforeEach(() => {
  parses = 0;
});
afterAll(() => {
  globalThis.URL = PlainUrl;
});

test.each([true, false])(
  "a run parses each URL once, from the input to the verdict; on the allow-list: %s",
  async (isOnAllowList) => {
    const stage = new GateStage();
    stage.service.isOnAllowList = isOnAllowList;
    stage.service.taskScripts = [scripts.succeeds];
    const outcome = await stage.preload(URLS);
    expect(outcome.verdict).toBe("passed");
    expect(parses).toBe(URLS.length);
  },
);

test("a run that resumes parses no URL of the saved state again", async () => {
  const stage = new GateStage();
  stage.service.taskScripts = [scripts.succeedsSlowly];
  const first = await stage.preload(URLS, { interruptAfterMs: 30_000 });
  const saved = JSON.stringify(savedStateOf(first.state));
  parses = 0;
  const outcome = await stage.preload(URLS, { previous: readGateState(JSON.parse(saved)) });
  expect(outcome.verdict).toBe("passed");
  expect(parses).toBe(URLS.length);
});

test("a saved state takes at most 200 bytes for a URL, its text included", async () => {
  const texts = URLS.map(
    (_url, index) => `https://cdn.example.com/assets/app/file${index + 100}.8f3a2c1b.bundle.js`,
  );
  expect(texts[0]).toHaveLength(61);
  const stage = new GateStage();
  stage.service.taskScripts = [
    [
      {
        status: "Complete",
        retCode: "0",
        processPercent: 100,
        success: 100,
        description: "Successfully preloaded",
      },
    ],
  ];
  const { state, verdict } = await stage.preload(texts);
  expect(verdict).toBe("passed");
  const none = JSON.stringify(savedStateOf({ ...state, urls: [] })).length;
  expect((JSON.stringify(savedStateOf(state)).length - none) / texts.length).toBeLessThanOrEqual(200);
});
