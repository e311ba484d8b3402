import { GateError } from "../core/errors";
import type { AccessKey } from "./identity";

const AT_THE_ENDS = /^[\s\p{C}\p{Z}]+|[\s\p{C}\p{Z}]+$/gu;
const UNUSUAL = /[^\x21-\x7e]/u;
const NAMES = {
  accessKeyId: "access key id",
  accessKeySecret: "access key secret",
  securityToken: "security token",
} as const;

/**
 * An access key without the white space and the invisible characters that copying leaves around it.
 *
 * @throws GateError `credentials` that names a character inside of it that none has, by its place and never by value.
 */
export function cleanAccessKey(key: AccessKey, where: string): AccessKey {
  return {
    accessKeyId: clean("accessKeyId", key.accessKeyId, where),
    accessKeySecret: clean("accessKeySecret", key.accessKeySecret, where),
    securityToken: key.securityToken ? clean("securityToken", key.securityToken, where) : undefined,
  };
}

function clean(field: keyof typeof NAMES, value: string, where: string): string {
  const text = value.replace(AT_THE_ENDS, "");
  if (text === "") throw new GateError("credentials", `The ${NAMES[field]} of ${where} is empty.`);
  const found = UNUSUAL.exec(text);
  if (!found) return text;
  const codePoint = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  throw new GateError(
    "credentials",
    `The ${NAMES[field]} of ${where} holds a character that none has: U+${codePoint} at position ${found.index + 1}. Copy it again.`,
  );
}
