import { needsDetail } from "../core/policy";
import type { QuotaFinding, Session } from "../gate";
import type { InFlight } from "./in-flight";
import type { Inputs, PreloadInputs } from "./inputs";
import type { Plan } from "./preview";
import type { ResourceRow } from "./resource-row";

/** How long a preview or a diff asks the service, in milliseconds: it only informs. */
export const PREVIEW_TIMEOUT_MS = 10_000;

/** Tells on a resource's row what a deployment would do, and what of it the account does not allow today. */
export class PlanTeller {
  readonly #inFlight: InFlight;
  readonly #openSession: () => Session;
  #hasWarnedOfCredentials = false;

  constructor(inFlight: InFlight, openSession: () => Session) {
    this.#inFlight = inFlight;
    this.#openSession = openSession;
  }

  /** Whether the account cannot be asked, which was said. */
  get hasWarnedOfCredentials(): boolean {
    return this.#hasWarnedOfCredentials;
  }

  /** A preview may run where the credentials are not; the deployment itself will fail without them. */
  async warnWithoutCredentials(row: ResourceRow): Promise<void> {
    if (this.#hasWarnedOfCredentials) return;
    try {
      await this.#openSession().credentials.get();
    } catch (error) {
      this.#hasWarnedOfCredentials = true;
      row.say("warning", row.wording.thrownExplained(error));
    }
  }

  /** Tells a plan, and what of it the account does not allow today. */
  async tell(plan: Plan, inputs: Inputs, row: ResourceRow): Promise<void> {
    if (plan.urls === 0 || inputs.kind === "PreloadGate" || this.#hasWarnedOfCredentials) {
      row.say("info", row.wording.plan(plan.facts));
      return;
    }
    const { client, scheduler } = this.#openSession();
    const notes: string[] = [];
    const problems: string[] = [];
    await this.#inFlight.run(async (interrupted) => {
      const signal = AbortSignal.any([interrupted, AbortSignal.timeout(PREVIEW_TIMEOUT_MS)]);
      try {
        for (const finding of await this.#checkQuota(plan, inputs.values, signal)) {
          (finding.isEnough ? notes : problems).push(row.wording.quota(finding));
        }
        const isAsked = needsDetail(inputs.values.gate);
        const refusal = isAsked ? await scheduler.findRefusal(client, { signal }) : undefined;
        if (refusal) problems.push(row.wording.explained(refusal));
      } catch (error) {
        const why = row.wording.thrown(error);
        problems.push(row.wording.resourceNote({ kind: "accountNotAsked", why }));
      }
    });
    row.say("info", [row.wording.plan(plan.facts), ...notes].join("; "));
    for (const problem of problems) row.say("warning", problem);
  }

  async #checkQuota(plan: Plan, inputs: PreloadInputs, signal: AbortSignal): Promise<QuotaFinding[]> {
    if (inputs.quotaCheck === "off") return [];
    const { client, quotaLedger } = this.#openSession();
    const demand = { client, l2Preload: inputs.l2Preload ?? false, options: { signal } };
    const preload = await quotaLedger.reserve({ ...demand, purpose: "preload", urls: plan.urls });
    const purge =
      plan.purges > 0
        ? await quotaLedger.reserve({ ...demand, purpose: "purge", urls: plan.purges })
        : undefined;
    return [preload, purge].filter((finding) => finding !== undefined);
  }
}
