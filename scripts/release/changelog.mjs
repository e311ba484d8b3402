import { SetUpError } from "../set-up-error.mjs";

/**
 * CHANGELOG.md is written for users, in the form of https://keepachangelog.com: one section a version, the newest first,
 * with groups of lines. Changesets decides the version, and its own form of a changelog is not used.
 */

const UNRELEASED = "## [Unreleased]";
/** The group of a changeset's line, by the part of the version that it raises. */
const GROUPS = new Map([
  ["major", "Breaking changes"],
  ["minor", "New"],
  ["patch", "Fixed"],
]);

/**
 * @typedef {object} Change what a changeset says
 * @property {string} type `major`, `minor` or `patch`
 * @property {string} summary
 */

/**
 * @param {string} changelog
 * @param {string} version
 * @returns {string | undefined} what it says of a version, without the heading
 */
export function sectionOf(changelog, version) {
  const headings = [...changelog.matchAll(/^## .*$/gm)];
  const index = headings.findIndex(([heading]) => heading.startsWith(`## [${version}]`));
  const found = headings[index];
  if (found === undefined) return undefined;
  const end = headings[index + 1]?.index ?? changelog.search(/^\[[^\]]+\]: /m);
  const text = changelog.slice(found.index + found[0].length, end === -1 ? undefined : end);
  return text.trim();
}

/**
 * Makes what is under Unreleased, and what the changesets say, the section of a version.
 *
 * @param {string} changelog
 * @param {object} release
 * @param {string} release.version
 * @param {string} release.date such as `2026-11-27`
 * @param {string} release.url of the release's page
 * @param {readonly Change[]} release.changes
 * @returns {string}
 */
export function withRelease(changelog, { version, date, url, changes }) {
  const start = changelog.indexOf(`\n${UNRELEASED}\n`) + 1;
  if (start === 0) throw new SetUpError(`CHANGELOG.md has no line "${UNRELEASED}".`);
  const afterHeading = start + UNRELEASED.length + 1;
  const next = changelog.slice(afterHeading).search(/^(## |\[[^\]]+\]: )/m);
  const end = next === -1 ? changelog.length : afterHeading + next;
  const groups = groupsIn(changelog.slice(afterHeading, end));
  for (const { type, summary } of changes) {
    const group = GROUPS.get(type) ?? type;
    groups.set(group, [...(groups.get(group) ?? []), itemOf(summary)]);
  }
  if (groups.size === 0)
    throw new SetUpError("There is nothing under Unreleased in CHANGELOG.md, and no changeset.");
  const texts = [...groups].map(([group, items]) => `### ${group}\n\n${items.join("\n")}\n`);
  const section = [`## [${version}] - ${date}\n`, ...texts].join("\n");
  const rest = changelog.slice(end).trimEnd();
  const before = `${changelog.slice(0, start)}${UNRELEASED}\n\n${section}`;
  return `${[before.trimEnd(), rest].filter(Boolean).join("\n\n")}\n${linkAfter(rest, { version, url })}`;
}

/**
 * @param {string} rest what precedes the link
 * @param {{ version: string, url: string }} release
 */
function linkAfter(rest, { version, url }) {
  const follows = /^\[[^\]]+\]: .*$/m.test(rest.split("\n").at(-1) ?? "");
  return `${follows ? "" : "\n"}[${version}]: ${url}\n`;
}

/**
 * @param {string} section whose text before the first group is for contributors, and goes
 * @returns {Map<string, string[]>} the items of each group
 */
function groupsIn(section) {
  const groups = new Map();
  for (const [, name = "", text = ""] of section.matchAll(/^### (.+)\n([\s\S]*?)(?=^### |(?![\s\S]))/gm))
    groups.set(name, [text.trim()]);
  return groups;
}

/** @param {string} summary may have several lines */
function itemOf(summary) {
  return `- ${summary.trim().replaceAll("\n", "\n  ")}`;
}
