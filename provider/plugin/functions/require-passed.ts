import { gatePolicy } from "../../core/policy";
import * as z from "../../core/zod";
import { fingerprintOf } from "../../resources/fingerprint";
import { whyNotPassed } from "../../resources/why-not-passed";
import { functionOf } from "./plugin-function";

const args = z.looseObject({
  name: z.string("must be a name").default("The gate"),
  verdict: z.string("must be the gate's output verdict"),
  accepted: z.boolean("must be the gate's output accepted"),
  reasons: z.array(z.string(), "must be the gate's output reasons").default([]),
  inputsFingerprint: z.string("must be the gate's output inputsFingerprint"),
  gate: z.preprocess(inOurNames, z.strictObject(gatePolicy.shape).partial().optional()),
});

/**
 * `true`, or a failure with the reasons unless a saved verdict is accepted and is about the program's inputs: those
 * that stand beside it in the arguments.
 */
export const requirePassed = functionOf(args, (given) => {
  const { name, verdict, accepted, reasons, inputsFingerprint, ...inputs } = given;
  if (inputs.urls === undefined && inputs.taskIds === undefined) {
    throw new Error(
      "Give the gate's inputs too (urls or taskIds, and what else the gate has of triggers, gate, area and so on): a verdict about others must not pass.",
    );
  }
  const saved = { verdict, accepted, reasons, inputsFingerprint, stateVersion: 1 };
  const reason = whyNotPassed(saved, fingerprintOf(inputs));
  if (reason !== undefined) throw new Error(`${name} has not passed: ${reason}`);
  return { passed: true };
});

/** A gate's settings by their own names: the SDK of Python hands a dictionary on as the program wrote it. */
function inOurNames(gate: unknown): unknown {
  if (typeof gate !== "object" || gate === null) return gate;
  return Object.fromEntries(
    Object.entries(gate).map(([key, value]) => [
      key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}
