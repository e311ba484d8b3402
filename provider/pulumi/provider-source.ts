/**
 * The provider as the state holds it: one constant string, instead of a closure that the SDK would serialize
 * with all it captures. The engine's host evaluates it in the Pulumi project's folder.
 *
 * States keep the string for ever, and the package may be gone by then: removed together with the resource, or
 * never to be found from there where only a library depends on it (pnpm). So it needs nothing to forget a
 * resource or to leave it as it is; what would submit or judge is refused, with the dependency to add. It is
 * written for any Node that can run a Pulumi host.
 *
 * Do not change it without need: a state keeps the string that was current when its resource was last created
 * or updated, so the path that it requires, and `handler` there, have to stay for ever.
 */
export const PROVIDER_SOURCE = `exports.handler = () => {
  try {
    return require("cdn-preload-gate/provider").handler();
  } catch (error) {
    const cause = String((error && error.message) || error).split("\\n")[0].replace(/\\.$/, "");
    const problem =
      "cdn-preload-gate cannot be loaded in " + process.cwd() + ", where Pulumi runs it: " + cause + "." +
      (error && error.code === "MODULE_NOT_FOUND"
        ? ' Add "cdn-preload-gate" to the dependencies of the package.json there and install it, ' +
          "also where only a library that you use depends on it."
        : "");
    const refuse = async () => {
      throw Object.assign(new Error(problem), { stack: "" });
    };
    const told = {};
    const tell = (what) => {
      if (!told[what]) console.log(what + " " + problem);
      told[what] = true;
    };
    return {
      check: async (olds, news) => ({ inputs: news, failures: [{ property: "", reason: problem }] }),
      diff: async () => ({ changes: false }),
      create: refuse,
      update: refuse,
      read: async (id, props) => {
        if (!props.stateVersion) return refuse();
        tell("Kept as it is.");
        return { id, props };
      },
      delete: async () => tell("Forgotten; a preload cannot be undone."),
    };
  }
};
`;
