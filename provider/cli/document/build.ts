import type { Build } from "./schema";

type Environment = Readonly<Record<string, string | undefined>>;

/** What a CI system tells of its run; each of these may be missing, or not be https. */
interface Told {
  readonly commit: string | undefined;
  readonly commitUrl: string | undefined;
  readonly runUrl: string | undefined;
}

/** How each CI system is known, and what it tells. */
const SYSTEMS: readonly {
  readonly system: Build["system"];
  readonly isIt: (env: Environment) => boolean;
  readonly tell: (env: Environment) => Told;
}[] = [
  { system: "github", isIt: (env) => env.GITHUB_ACTIONS === "true", tell: gitHub },
  { system: "gitlab", isIt: (env) => env.GITLAB_CI === "true", tell: gitLab },
  { system: "azure", isIt: (env) => env.TF_BUILD?.toLowerCase() === "true", tell: azure },
  { system: "jenkins", isIt: (env) => Boolean(env.JENKINS_URL ?? env.JENKINS_HOME), tell: jenkins },
];

/** The CI run that this is, and the commit that it is of; `null` where no CI system is known, or it tells neither. */
export function buildOf(env: Environment): Build | null {
  const found = SYSTEMS.find(({ isIt }) => isIt(env));
  if (!found) return null;
  const { commit: toldCommit = "", commitUrl, runUrl } = found.tell(env);
  const commit = /^[\da-f]{7,64}$/i.test(toldCommit) ? toldCommit : null;
  const build = {
    system: found.system,
    commit,
    commitUrl: commit && secureAddress(commitUrl),
    runUrl: secureAddress(runUrl),
  };
  return build.commit === null && build.runUrl === null ? null : build;
}

function gitHub(env: Environment): Told {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit } = env;
  const { GITHUB_RUN_ID: run, GITHUB_RUN_ATTEMPT: attempt } = env;
  const home = server && repository && `${server}/${repository}`;
  const attempts = attempt ? `/attempts/${attempt}` : "";
  return {
    commit,
    commitUrl: home && `${home}/commit/${commit}`,
    runUrl: home && run && `${home}/actions/runs/${run}${attempts}`,
  };
}

function gitLab(env: Environment): Told {
  const { CI_PROJECT_URL: home, CI_COMMIT_SHA: commit } = env;
  return {
    commit,
    commitUrl: home && `${home}/-/commit/${commit}`,
    runUrl: env.CI_JOB_URL || env.CI_PIPELINE_URL,
  };
}

function azure(env: Environment): Told {
  const { SYSTEM_TEAMPROJECT: project, BUILD_BUILDID: id } = env;
  const collection = env.SYSTEM_COLLECTIONURI ?? env.SYSTEM_TEAMFOUNDATIONCOLLECTIONURI;
  const { BUILD_SOURCEVERSION: commit, BUILD_REPOSITORY_URI: repository } = env;
  return {
    commit,
    commitUrl: commitAddress(repository, commit),
    runUrl:
      collection && project && id
        ? `${collection.replace(/\/?$/, "/")}${encodeURIComponent(project)}/_build/results?buildId=${id}`
        : undefined,
  };
}

function jenkins(env: Environment): Told {
  const { GIT_COMMIT: commit, GIT_URL: repository } = env;
  return { commit, commitUrl: commitAddress(repository, commit), runUrl: env.BUILD_URL };
}

/** Where hosts that are known show a commit; a repository may be named as `git@host:owner/name.git`, too. */
function commitAddress(repository: string | undefined, commit: string | undefined): string | undefined {
  const address = URL.parse((repository ?? "").replace(/^git@([\w.-]+):/, "https://$1/"));
  if (!address) return undefined;
  const home = `https://${address.host}${address.pathname.replace(/(\.git)?\/?$/, "")}`;
  const { hostname } = address;
  if (/(^|\.)bitbucket\.org$/.test(hostname)) return `${home}/commits/${commit}`;
  if (/(^|[.-])gitlab[.-]/.test(hostname)) return `${home}/-/commit/${commit}`;
  const isKnown = /(^|[.-])github[.-]|(^|\.)(dev\.azure|visualstudio)\.com$/.test(hostname);
  return isKnown ? `${home}/commit/${commit}` : undefined;
}

/** Only https, and without a name and a password, which an address of a repository may hold. */
function secureAddress(text: string | undefined): string | null {
  const address = text ? URL.parse(text) : null;
  if (address?.protocol !== "https:") return null;
  address.username = "";
  address.password = "";
  return address.href;
}
