import type { Catalogue } from "../catalogue";
import { advice, adviceWithoutMemory } from "./advice";
import { commandLine } from "./command-line";
import { failures, observed } from "./failures";
import { families, handling } from "./families";
import { nextSteps, urlAdvice } from "./next-steps";
import { notices, progress, quota, steps } from "./notices";
import { oldNode } from "./old-node";
import {
  aUrl,
  credentialsFaults,
  doubts,
  familySentence,
  identitySettings,
  joined,
  networkFaults,
  origins,
  refusedKeyAdvice,
  refusedKeys,
  request,
  sourceFaults,
  tasks,
  wrongAnswer,
} from "./parts";
import { problems } from "./problems";
import { pulumi } from "./pulumi";
import { reasons, urlProblems } from "./reasons";
import { reports } from "./reports";
import { plans, resourceNotes } from "./resources";
import { stateFiles } from "./usage";

/** All messages in Simplified Chinese, in the terms of Alibaba Cloud's own documentation. */
export const CHINESE: Catalogue = {
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
  refusedKeys,
  refusedKeyAdvice,
  identitySettings,
  networkFaults,
  credentialsFaults,
  doubts,
  sourceFaults,
  aUrl,
  wrongAnswer,
  request,
  tasks,
  familySentence,
  joined,
  oldNode,
  reports,
  stateFiles,
  commandLine,
  pulumi,
};
