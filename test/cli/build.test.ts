import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildOf } from "../../provider/cli/document/build";
import { withBench } from "./cli-on-emulator";

const COMMIT = "c1fa6a29c50d2a16cdfbc4d1ce9e8f5f5de0a7c1";

test.each<[string, Record<string, string>, unknown]>([
  [
    "GitHub",
    {
      GITHUB_ACTIONS: "true",
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_REPOSITORY: "example/shop",
      GITHUB_SHA: COMMIT,
      GITHUB_RUN_ID: "98765",
      GITHUB_RUN_ATTEMPT: "2",
    },
    {
      system: "github",
      commit: COMMIT,
      commitUrl: `https://github.com/example/shop/commit/${COMMIT}`,
      runUrl: "https://github.com/example/shop/actions/runs/98765/attempts/2",
    },
  ],
  [
    "GitLab",
    {
      GITLAB_CI: "true",
      CI_PROJECT_URL: "https://gitlab.example.com/group/shop",
      CI_COMMIT_SHA: COMMIT,
      CI_JOB_URL: "https://gitlab.example.com/group/shop/-/jobs/7",
    },
    {
      system: "gitlab",
      commit: COMMIT,
      commitUrl: `https://gitlab.example.com/group/shop/-/commit/${COMMIT}`,
      runUrl: "https://gitlab.example.com/group/shop/-/jobs/7",
    },
  ],
  [
    "Jenkins, whose repository has a password in its address",
    {
      JENKINS_URL: "https://jenkins.example.com/",
      BUILD_URL: "https://jenkins.example.com/job/shop/12/",
      GIT_COMMIT: COMMIT,
      GIT_URL: "https://user:secret@github.com/example/shop.git",
    },
    {
      system: "jenkins",
      commit: COMMIT,
      commitUrl: `https://github.com/example/shop/commit/${COMMIT}`,
      runUrl: "https://jenkins.example.com/job/shop/12/",
    },
  ],
  [
    "Azure",
    {
      TF_BUILD: "True",
      SYSTEM_COLLECTIONURI: "https://dev.azure.com/example/",
      SYSTEM_TEAMPROJECT: "The shop",
      BUILD_BUILDID: "12",
      BUILD_SOURCEVERSION: COMMIT,
      BUILD_REPOSITORY_URI: "https://example@dev.azure.com/example/shop/_git/shop",
    },
    {
      system: "azure",
      commit: COMMIT,
      commitUrl: `https://dev.azure.com/example/shop/_git/shop/commit/${COMMIT}`,
      runUrl: "https://dev.azure.com/example/The%20shop/_build/results?buildId=12",
    },
  ],
])("the commit and the run are known on %s", (_name, env, build) => {
  expect(buildOf(env)).toEqual(build);
});

test.each([
  ["git@github.com:example/shop.git", `https://github.com/example/shop/commit/${COMMIT}`],
  ["https://gitlab.com/example/shop", `https://gitlab.com/example/shop/-/commit/${COMMIT}`],
  ["https://bitbucket.org/example/shop.git", `https://bitbucket.org/example/shop/commits/${COMMIT}`],
  ["https://git.example.com/shop.git", null],
  ["/srv/git/shop.git", null],
])("a commit of the repository %s is shown at %s", (repository, commitUrl) => {
  expect(buildOf({ JENKINS_URL: "x", GIT_COMMIT: COMMIT, GIT_URL: repository })).toMatchObject({ commitUrl });
});

test("an address that is not https is no link", () => {
  expect(
    buildOf({
      GITLAB_CI: "true",
      CI_COMMIT_SHA: COMMIT,
      CI_PROJECT_URL: "http://gitlab.example.com/shop",
      CI_JOB_URL: "javascript:alert(1)",
    }),
  ).toEqual({ system: "gitlab", commit: COMMIT, commitUrl: null, runUrl: null });
});

test.each<[string, Record<string, string>]>([
  ["outside of a CI system", { GITHUB_SHA: COMMIT, BUILD_URL: "https://ci.example.com/1" }],
  ["where a CI system tells nothing", { GITHUB_ACTIONS: "true" }],
  ["where a commit is no commit", { GITHUB_ACTIONS: "true", GITHUB_SHA: "<script>" }],
])("nothing is known %s", (_name, env) => {
  expect(buildOf(env)).toBeNull();
});

test("a run on GitHub links its commit and its CI run in the document and the report", async () => {
  await withBench({}, async (bench) => {
    const home = "https://github.com/example/shop";
    const env = {
      GITHUB_ACTIONS: "true",
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_REPOSITORY: "example/shop",
      GITHUB_SHA: COMMIT,
      GITHUB_RUN_ID: "98765",
    };
    const args = ["run", "https://cdn.example.com/a.js", "--report", "html=report.html"];
    const document = await bench.json(args, { env });
    expect(document.build).toMatchObject({ commit: COMMIT, runUrl: `${home}/actions/runs/98765` });
    const html = readFileSync(join(bench.folder, "report.html"), "utf8");
    expect(html).toContain(`<a href="${home}/commit/${COMMIT}" rel="noopener noreferrer">commit c1fa6a2</a>`);
    expect(html).toContain(`<a href="${home}/actions/runs/98765" rel="noopener noreferrer">CI run</a>`);
  });
});
