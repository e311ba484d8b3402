import { type Dispatcher, EnvHttpProxyAgent } from "undici";

/** What STS gives, with the number of the request in the key. */
export function grantOf(request: number): object {
  return {
    Credentials: {
      AccessKeyId: `STS.${request}`,
      AccessKeySecret: "secret-sts",
      SecurityToken: "token-sts",
      Expiration: `${new Date(Date.now() + 3_600_000).toISOString().slice(0, 19)}Z`,
    },
  };
}

/** Answers in the place of STS until mocks are restored; keeps the fields of each request, of query and form. */
export function answerSts(
  status = 200,
  answerTo: (request: number) => object | string = grantOf,
): URLSearchParams[] {
  const asked: URLSearchParams[] = [];
  jest.spyOn(EnvHttpProxyAgent.prototype, "request").mockImplementation(async (options) => {
    const fields = new URL(String(options.path), "https://sts").searchParams;
    for (const [name, value] of new URLSearchParams(String(options.body ?? ""))) fields.set(name, value);
    asked.push(fields);
    const answer = answerTo(asked.length);
    const body = new Blob([typeof answer === "string" ? answer : JSON.stringify(answer)]);
    return { statusCode: status, headers: {}, body } as unknown as Dispatcher.ResponseData<null>;
  });
  return asked;
}
