import { UsageError } from "./usage-error";

/** How an input becomes an option. */
type Kind = "value" | "flag" | "list";

/** The inputs of `action.yml` that are options of the command line, by their common name. */
const OPTIONS: Readonly<Record<string, Kind>> = {
  "urls-file": "list",
  sitemap: "list",
  dir: "list",
  base: "list",
  include: "list",
  exclude: "list",
  "min-success-percent": "value",
  "max-failed-urls": "value",
  "require-detail": "flag",
  "on-inconclusive": "value",
  timeout: "value",
  area: "value",
  "l2-preload": "flag",
  "query-hash-key": "flag",
  header: "list",
  "purge-first": "flag",
  "adopt-in-flight": "flag",
  "quota-check": "value",
  state: "value",
  trigger: "list",
  report: "list",
  "dry-run": "flag",
  profile: "value",
  region: "value",
  endpoint: "value",
  "calls-per-second": "value",
  "poll-interval-factor": "value",
};

/** Inputs that are positional arguments. */
const ARGUMENTS = ["urls", "task-ids"] as const;

const CREDENTIALS = {
  "access-key-id": "ALIBABA_CLOUD_ACCESS_KEY_ID",
  "access-key-secret": "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
  "security-token": "ALIBABA_CLOUD_SECURITY_TOKEN",
} as const;

/** Every input that the action takes; a test compares them with `action.yml`. */
export const ACTION_INPUTS: readonly string[] = [
  "command",
  ...ARGUMENTS,
  ...Object.keys(OPTIONS),
  ...Object.keys(CREDENTIALS),
];

/**
 * The command line that the inputs stand for. An input that is empty is one that was not given.
 *
 * @throws UsageError naming a yes/no input that is neither, or an input for one value that has several lines.
 */
export function actionArguments(env: NodeJS.ProcessEnv): string[] {
  const command = inputOf(env, "command") || "run";
  const options = Object.entries(OPTIONS).flatMap(([name, kind]) => {
    const value = inputOf(env, name);
    // The action asks for a report unless told otherwise; these have none.
    const hasDefaultOnly = name === "report" && ["quota", "doctor"].includes(command);
    if (value === "" || hasDefaultOnly) return [];
    if (kind === "flag") return isYes(name, value) ? [`--${name}`] : [];
    if (kind === "value" && /[\r\n]/.test(value)) {
      throw new UsageError(`The input ${name} takes one value, and has several lines.`);
    }
    // With `=`, so that a value that begins with a dash stays one.
    return (kind === "list" ? linesOf(value) : [value]).map((item) => `--${name}=${item}`);
  });
  const positional = ARGUMENTS.flatMap((name) => linesOf(inputOf(env, name)));
  return [command, ...options, ...(positional.length > 0 ? ["--", ...positional] : [])];
}

/** As GitHub's own toolkit reads them, after YAML 1.2: what is neither is an error, and never silently off. */
function isYes(name: string, value: string): boolean {
  if (["true", "True", "TRUE"].includes(value)) return true;
  if (["false", "False", "FALSE"].includes(value)) return false;
  throw new UsageError(`The input ${name} must be true or false, not ${JSON.stringify(value)}.`);
}

/** The variables that the credentials among the inputs set. */
export function credentialsOf(env: NodeJS.ProcessEnv): Record<string, string> {
  const given = Object.entries(CREDENTIALS).map(
    ([input, variable]) => [variable, inputOf(env, input)] as const,
  );
  return Object.fromEntries(given.filter(([, value]) => value !== ""));
}

/** As the runner passes it: `INPUT_` and the name in capitals, its dashes kept. */
function inputOf(env: NodeJS.ProcessEnv, name: string): string {
  return (env[`INPUT_${name.toUpperCase()}`] ?? "").trim();
}

function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
