import { GateError } from "../core/errors";
import type { AccessKeyField, CredentialsOrigin } from "../core/failure-facts";
import type { AccessKey } from "./identity";

const AT_THE_ENDS = /^[\s\p{C}\p{Z}]+|[\s\p{C}\p{Z}]+$/gu;
const UNUSUAL = /[^\x21-\x7e]/u;

/**
 * An access key without the white space and the invisible characters that copying leaves around it.
 *
 * @throws GateError `credentials` that names a character inside of it that none has, by its place and never by value.
 */
export function cleanAccessKey(key: AccessKey, from: CredentialsOrigin): AccessKey {
  return {
    accessKeyId: clean("accessKeyId", key.accessKeyId, from),
    accessKeySecret: clean("accessKeySecret", key.accessKeySecret, from),
    securityToken: key.securityToken ? clean("securityToken", key.securityToken, from) : undefined,
  };
}

function clean(field: AccessKeyField, value: string, from: CredentialsOrigin): string {
  const text = value.replace(AT_THE_ENDS, "");
  if (text === "") throw new GateError({ kind: "keyEmpty", field, from });
  const found = UNUSUAL.exec(text);
  if (!found) return text;
  const hex = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  throw new GateError({
    kind: "keyCharacter",
    field,
    from,
    codePoint: `U+${hex}`,
    position: found.index + 1,
  });
}
