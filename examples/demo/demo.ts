// Five scenes with the emulator (`npm run demo` in the repository): one with the command line, four with the real
// Pulumi engine. Each scene checks its statements. If one is not true, the exit code is not 0.
//
// usage: demo.ts [command-line | pulumi], to run a part of it
import { constants } from "node:os";
import { theCommandLine } from "./command-scene.ts";
import { DemoStack } from "./demo-stack.ts";
import { inSeconds, SceneFailure, Stage } from "./stage.ts";

/** The account's domains, and a longer duration for large files. */
const SCENARIO = {
  rules: [{ host: "video.example.com", script: { endsAfterMs: 10_000 } }],
  settings: {
    domains: {
      "www.example.com": "online" as const,
      "checkout.example.com": "online" as const,
      "video.example.com": "online" as const,
    },
  },
};

/** The command line promises to end within this time after a Ctrl-C. */
const INTERRUPTION_LIMIT_MS = 2000;

const CART_URL = "https://checkout.example.com/cart.js";
const PAY_URL = "https://checkout.example.com/emulate-retcode-500-once/pay.js";
const CHECKOUT_URLS = [CART_URL, PAY_URL];
const VIDEO_URLS = ["intro", "trailer", "credits"].map((name) => `https://video.example.com/${name}.mp4`);

const stage = new Stage();
const interruption = new AbortController();
const startedAtMs = Date.now();
let stack: DemoStack | undefined;

for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(name, () => interruption.abort(name));
}
// The reader of our output can go away: `| head`, or a parent that was killed. If the Pulumi SDK handled that error, it
// would report it through the engine. We would print the report, which fails again, without end.
for (const output of [process.stdout, process.stderr]) {
  output.on("error", () => interruption.abort("SIGPIPE"));
}

const part = process.argv[2];
try {
  if (part !== "pulumi") await commandLine();
  if (part !== "command-line") await pulumiScenes();
} catch (error) {
  process.exitCode = explain(error);
} finally {
  await stack?.close();
}

async function commandLine(): Promise<void> {
  stage.title("A release that waits for the CDN, in five scenes");
  stage.say(
    "Only the cloud is not real. An emulator on this machine replaces the CDN's API, so no account is used.",
  );
  await theCommandLine(stage, interruption.signal);
}

async function pulumiScenes(): Promise<void> {
  stack = await DemoStack.create({ interruption: interruption.signal, scenario: SCENARIO });
  introducePulumi(stack);
  await aReleasePasses(stack);
  await aFileFails(stack);
  await onlyTheRestAgain(stack);
  await interruptedAndResumed(stack);
  ending();
}

function introducePulumi(demo: DemoStack): void {
  stage.say(
    `The other scenes run a real \`pulumi up\` (CLI ${demo.pulumiVersion}). Lines after │ are the relevant part of ` +
      "the engine's output.",
  );
}

async function aReleasePasses(demo: DemoStack): Promise<void> {
  stage.scene(2, "The files reach the POPs, and the release goes live");
  const urls = ["https://www.example.com/app.js", "https://www.example.com/app.css"];
  stage.code([
    'const files = new Preload("website-files", { urls: [".../app.js", ".../app.css"] });',
    'new Stash("website-live", { input: { warm: files.passed } }, { dependsOn: files });',
  ]);
  demo.services.push({ name: "website", urls });
  const up = await demo.up(stage);
  const { outputs } = await demo.saved("website-files");
  stage.claim(up.exitCode === 0, "pulumi up ended with exit code 0");
  stage.claim(
    outputs.verdict === "passed" && outputs.summary.lowestSuccessPercent === 100,
    `the gate's verdict is "passed": ${outputs.summary.preloaded} of ${outputs.summary.urls} URLs, each on 100 % of the POPs`,
  );
  stage.claim(await demo.has("website-live"), "website-live was created, after the gate");
  stage.calls(up.calls);
  stage.claim(
    demo.submissions(urls).every((count) => count === 1),
    "each URL was submitted once",
  );
}

async function aFileFails(demo: DemoStack): Promise<void> {
  stage.scene(3, "One file fails at its origin, and the release does not go live");
  stage.say(
    "A second service joins. Its origin answers with a 5xx for the payment script. The preload task ends, but with a " +
      "RetCode. (The path tells the emulator what to do: /emulate-retcode-500-once/ fails the first time.)",
  );
  demo.services.push({ name: "checkout", urls: CHECKOUT_URLS });
  const up = await demo.up(stage);
  stage.claim(up.exitCode !== 0, `pulumi up failed, with exit code ${up.exitCode}: a pipeline stops here`);
  stage.claim(
    up.output.includes(`${PAY_URL}: preload failed`) && up.output.includes("RetCode 500"),
    "the reason names the task, the domain, the URL and RetCode 500",
  );
  stage.claim(!(await demo.has("checkout-live")), "checkout-live was not created");
  const [ofWebsite] = demo.submissions(["https://www.example.com/app.js"]);
  stage.claim(ofWebsite === 1, "the first service was not submitted again");
}

async function onlyTheRestAgain(demo: DemoStack): Promise<void> {
  stage.scene(4, "The origin is fixed, and the next `pulumi up` submits only what failed");
  const up = await demo.up(stage);
  stage.claim(up.exitCode === 0, "pulumi up ended with exit code 0");
  stage.claim(await demo.has("checkout-live"), "checkout-live was created");
  stage.calls(up.calls);
  const [cart, pay] = demo.submissions(CHECKOUT_URLS);
  stage.say("Submissions of each URL in both runs:");
  stage.table([
    [CART_URL, `${cart} time`],
    [PAY_URL, `${pay} times`],
  ]);
  stage.claim(cart === 1 && pay === 2, "the URL that had passed was not submitted again");
}

async function interruptedAndResumed(demo: DemoStack): Promise<void> {
  stage.scene(5, "You press Ctrl-C in the middle, and nothing is lost");
  stage.say("A third service has larger files. Half-way through, pulumi receives a SIGINT, as from Ctrl-C.");
  demo.services.push({ name: "video", urls: VIDEO_URLS });
  const stop = new AbortController();
  let stoppedAtMs = 0;
  const interrupted = await demo.up(stage, {
    signal: stop.signal,
    onLine: (line) => {
      if (stoppedAtMs > 0 || !/video-files.* of POPs/.test(line)) return;
      stoppedAtMs = Date.now();
      stop.abort();
    },
  });
  const tookMs = Date.now() - stoppedAtMs;
  const { outputs } = await demo.saved("video-files");
  stage.claim(
    interrupted.exitCode !== 0 && stoppedAtMs > 0 && tookMs < INTERRUPTION_LIMIT_MS,
    `pulumi ended ${inSeconds(tookMs)} after the signal`,
  );
  stage.claim(
    outputs.verdict === "inconclusive" && outputs.taskIds.length > 0,
    `the state says "inconclusive" and has task ${outputs.taskIds.join(", ")}`,
  );
  stage.claim(
    (await demo.pendingOperations()).length === 0,
    "the state has no pending operation to clean up",
  );
  stage.claim(!(await demo.has("video-live")), "video-live was not created");

  stage.say("The preload itself has continued. The next run only has to wait for it:");
  const resumed = await demo.up(stage);
  stage.claim(
    resumed.exitCode === 0 && (await demo.has("video-live")),
    "the gate passed, video-live was created",
  );
  stage.calls(resumed.calls);
  stage.claim(
    demo.submissions(VIDEO_URLS).every((count) => count === 1),
    "each URL was submitted once in both runs together",
  );
}

function ending(): void {
  stage.title(`Every statement was true. The scenes took ${inSeconds(Date.now() - startedAtMs)}.`);
  stage.say("Next: README.md shows how to add the gate to your stack. examples/ has programs to copy.");
}

/** @returns the exit code */
function explain(error: unknown): number {
  if (interruption.signal.aborted) {
    const signal: NodeJS.Signals = interruption.signal.reason;
    console.error(`\ninterrupted by ${signal}; nothing is left behind`);
    return 128 + constants.signals[signal];
  }
  if (!(error instanceof SceneFailure)) throw error;
  const last = stack === undefined ? "" : `\n\nOutput of the last pulumi up:\n${stack.lastOutput}`;
  console.error(`\n${error.message}${last}`);
  return 1;
}
