"""A release goes live only after the POPs hold its files."""

import pulumi
import pulumi_alicdn as alicdn

config = pulumi.Config()
urls = config.get_object("urls") or [
    "https://cdn.example.com/app.js",
    "https://cdn.example.com/app.css",
]
release = config.get("release") or "1.0.0"

warm = alicdn.Preload(
    "warm",
    urls=urls,
    # What is deployed, not the build's number. A retried build then waits for the same tasks.
    triggers=[release],
    gate={"min_success_percent": 95},
    timeout="30m",
)

# Fails unless the verdict is accepted and is about these inputs.
passed = alicdn.require_passed_output(
    name="warm",
    verdict=warm.verdict,
    accepted=warm.accepted,
    reasons=warm.reasons,
    inputs_fingerprint=warm.inputs_fingerprint,
    urls=urls,
    triggers=[release],
    gate={"min_success_percent": 95},
).passed

# Stands for the resource that puts the release live, such as a DNS record or a routing rule. `depends_on` sets the
# order. `passed` also stops `pulumi up --target`, which ignores `depends_on`.
live = pulumi.Stash(
    "live",
    input={"release": release, "warmedUp": passed},
    opts=pulumi.ResourceOptions(depends_on=[warm]),
)

pulumi.export("live", live.output)
