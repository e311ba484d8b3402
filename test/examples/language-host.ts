import { spawn } from "node:child_process";
import { createRequire } from "node:module";

/** What of gRPC and the SDK's generated modules is used. */
type Callback = (error: Error | null, answer?: unknown) => void;
interface RunRequest {
  getProject(): string;
  getStack(): string;
  getOrganization(): string;
  getParallel(): number;
  getDryrun(): boolean;
  getMonitorAddress(): string;
  getArgsList(): string[];
  getConfigMap(): { toArray(): [string, string][] };
  getConfigsecretkeysList(): string[];
  getInfo(): { getProgramDirectory(): string };
}

const ofPulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));
const grpc = ofPulumi("@grpc/grpc-js");
const services = ofPulumi("@pulumi/pulumi/proto/language_grpc_pb");
const messages = ofPulumi("@pulumi/pulumi/proto/language_pb");
const pluginMessages = ofPulumi("@pulumi/pulumi/proto/plugin_pb");

/**
 * Does for the engine what `pulumi-language-nodejs` does, which only the full distribution has: it runs the
 * project's program with the SDK's own runner, TypeScript and all, in a process of its own.
 */
export async function startLanguageHost(): Promise<{ readonly address: string; close(): void }> {
  const server = new grpc.Server();
  server.addService(services.LanguageRuntimeService, {
    getRequiredPlugins: (_call: unknown, done: Callback) =>
      done(null, new messages.GetRequiredPluginsResponse()),
    getRequiredPackages: (_call: unknown, done: Callback) =>
      done(null, new messages.GetRequiredPackagesResponse()),
    getPluginInfo: (_call: unknown, done: Callback) => {
      const info = new pluginMessages.PluginInfo();
      info.setVersion("1.0.0");
      done(null, info);
    },
    run: (call: { request: RunRequest }, done: Callback) => {
      runProgram(call.request).then(
        (problem) => {
          const answer = new messages.RunResponse();
          answer.setError(problem);
          done(null, answer);
        },
        (error: Error) => done(error),
      );
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(
      "127.0.0.1:0",
      grpc.ServerCredentials.createInsecure(),
      (error: Error | null, bound: number) => (error ? reject(error) : resolve(bound)),
    );
  });
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}

/** @returns why it failed; empty when it did not. */
function runProgram(request: RunRequest): Promise<string> {
  // Where the project's `main` is: the engine has read it.
  const folder = request.getInfo().getProgramDirectory();
  const runner = ofPulumi.resolve("@pulumi/pulumi/cmd/run");
  const args = [
    `--monitor=${request.getMonitorAddress()}`,
    `--engine=${request.getArgsList()[0]}`,
    `--organization=${request.getOrganization()}`,
    `--project=${request.getProject()}`,
    `--stack=${request.getStack()}`,
    `--parallel=${request.getParallel()}`,
    `--pwd=${folder}`,
    ...(request.getDryrun() ? ["--dry-run"] : []),
    ".",
  ];
  const child = spawn(process.execPath, [runner, ...args], {
    cwd: folder,
    env: {
      ...process.env,
      PULUMI_NODEJS_TYPESCRIPT: "true",
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const take = (text: Buffer) => {
    output += text;
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) =>
      resolve(code === 0 ? "" : `the program ended with exit code ${code}:\n${output}`),
    );
  });
}
