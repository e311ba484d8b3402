import { gatePolicy } from "../../core/policy-schema";
import { problem } from "../../core/problems";
import * as z from "../../core/zod";
import { fingerprintOf } from "../../resources/fingerprint";
import { pulumiWording } from "../../resources/pulumi-wording";
import { whyNotPassed } from "../../resources/why-not-passed";
import { PLUGIN_NAMES } from "../../wording/front-names";
import { functionOf } from "./plugin-function";

const args = z.looseObject({
  name: z.string(problem("notAName")).optional(),
  verdict: z.string(problem({ kind: "notTheOutput", output: "verdict" })),
  accepted: z.boolean(problem({ kind: "notTheOutput", output: "accepted" })),
  reasons: z.array(z.string(), problem({ kind: "notTheOutput", output: "reasons" })).default([]),
  inputsFingerprint: z.string(problem({ kind: "notTheOutput", output: "inputsFingerprint" })),
  gate: z.preprocess(inOurNames, z.strictObject(gatePolicy.shape).partial().optional()),
});

/**
 * `true`, or a failure with the reasons unless a saved verdict is accepted and is about the program's inputs: those
 * that stand beside it in the arguments.
 */
export const requirePassed = functionOf(args, (given) => {
  const wording = pulumiWording(PLUGIN_NAMES);
  const { name, verdict, accepted, reasons, inputsFingerprint, ...inputs } = given;
  if (inputs.urls === undefined && inputs.taskIds === undefined) {
    throw new Error(wording.pulumiFault({ kind: "inputsMissing" }));
  }
  const saved = { verdict, accepted, reasons, inputsFingerprint, stateVersion: 1 };
  const why = whyNotPassed(saved, fingerprintOf(inputs));
  if (why !== undefined) throw new Error(wording.notPassed(why, name));
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
