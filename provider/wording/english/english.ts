import type { Catalogue } from "../catalogue";
import { advice, adviceWithoutMemory } from "./advice";
import { failures, observed } from "./failures";
import { families, handling } from "./families";
import { nextSteps, urlAdvice } from "./next-steps";
import { notices, progress, quota, steps } from "./notices";
import { credentialsFaults, doubts, identitySettings, networkFaults, origins, sourceFaults } from "./parts";
import { problems } from "./problems";
import { reasons, urlProblems } from "./reasons";
import { reports } from "./reports";
import { plans, resourceNotes } from "./resources";

/** All messages in English. */
export const ENGLISH: Catalogue = {
  families,
  handling,
  failures,
  observed,
  advice,
  adviceWithoutMemory,
  problems,
  reasons,
  urlProblems,
  urlAdvice,
  notices,
  steps,
  progress,
  quota,
  nextSteps,
  plans,
  resourceNotes,
  origins,
  identitySettings,
  networkFaults,
  credentialsFaults,
  doubts,
  sourceFaults,
  reports,
};
