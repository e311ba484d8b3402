import { GateError } from "../core/errors";
import { valueSchema } from "../core/options/fields";
import { isList } from "../core/options/names";
import { type ConfigSetting, configSettings, type NamedSetting } from "../core/options/values";
import { problemsOf } from "../core/problems";
import type * as z from "../core/zod";
import type { SessionOptions } from "../gate";

/** Where a front's settings come from. */
export interface SettingSource {
  /** The value of a setting, as text: structured ones as JSON. */
  read(setting: ConfigSetting): string | undefined;
}

/**
 * The session that a configuration describes; the names of its identities are those of the Alibaba Cloud provider.
 * What is absent comes from the environment.
 *
 * @throws GateError `usage` or `credentials` that names the key that is wrong.
 */
export function sessionOptionsOf(source: SettingSource): SessionOptions {
  const accessKey = accessKeyOf(source);
  const others = configSettings()
    .filter(({ part }) => part !== "key")
    .map((setting) => [setting.name, settingOf(setting, source.read(setting.name))]);
  return { ...Object.fromEntries(others), accessKey };
}

/** A setting's value as a program would write it. */
function settingOf(setting: NamedSetting, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  const { type } = setting;
  if (type.kind === "fields") return text === "" ? undefined : checkedObject(setting, parseJson(text));
  const written = writtenIn(setting, text);
  const { error } = valueSchema(type).safeParse(written);
  if (!error) return written;
  throw new GateError({
    kind: "settingNotValid",
    setting: setting.name,
    problem: problemsOf(error)[0]!.problem,
  });
}

function writtenIn(setting: NamedSetting, text: string): unknown {
  if (isList(setting)) return parseJson(text);
  switch (setting.type.kind) {
    case "number":
    case "rate":
    case "count":
      return Number(text);
    case "flag":
      return parseJson(text);
    default:
      return text;
  }
}

/** An object of the config. What of it is not understood is refused: another identity must not take its place. */
function checkedObject({ name, type }: NamedSetting, written: unknown): unknown {
  const parsed = valueSchema(type).safeParse(written);
  if (parsed.success) return parsed.data;
  throw new GateError({ kind: "roleNotValid", setting: name, fields: fieldsIn(parsed.error) });
}

/** The fields that are wrong. Names only: a value may be secret. */
function fieldsIn(error: z.ZodError): string[] {
  return error.issues.map(({ path, ...issue }) =>
    [...path, ...("keys" in issue ? [issue.keys.join(", ")] : [])].join("."),
  );
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function accessKeyOf(source: SettingSource): SessionOptions["accessKey"] {
  const accessKeyId = source.read("accessKey");
  const accessKeySecret = source.read("secretKey");
  const securityToken = source.read("securityToken");
  if (accessKeyId && accessKeySecret) {
    return { accessKeyId, accessKeySecret, securityToken, from: { kind: "config", setting: "accessKey" } };
  }
  if (!accessKeyId && !accessKeySecret) return undefined;
  throw new GateError({ kind: "halfKeyInConfig", missing: accessKeyId ? "secretKey" : "accessKey" });
}
