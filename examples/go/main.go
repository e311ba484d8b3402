// A release goes live only after the POPs hold its files.
package main

import (
	"cdn-preload-gate/sdk/go/alicdn"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(release)
}

func release(ctx *pulumi.Context) error {
	settings := config.New(ctx, "")
	version := settings.Get("release")
	if version == "" {
		version = "1.0.0"
	}
	addresses := []string{"https://cdn.example.com/app.js", "https://cdn.example.com/app.css"}
	if settings.Get("urls") != "" {
		settings.RequireObject("urls", &addresses)
	}
	urls := pulumi.ToStringArray(addresses)
	// What is deployed, not the build's number. A retried build then waits for the same tasks.
	triggers := pulumi.Array{pulumi.String(version)}
	gate := alicdn.GateArgs{MinSuccessPercent: pulumi.Float64(95)}

	warm, err := alicdn.NewPreload(ctx, "warm", &alicdn.PreloadArgs{
		Urls:     urls,
		Triggers: triggers,
		Gate:     gate,
		Timeout:  pulumi.String("30m"),
	})
	if err != nil {
		return err
	}

	// Fails unless the verdict is accepted and is about these inputs.
	passed := alicdn.RequirePassedOutput(ctx, alicdn.RequirePassedOutputArgs{
		Name:              pulumi.String("warm"),
		Verdict:           warm.Verdict,
		Accepted:          warm.Accepted,
		Reasons:           warm.Reasons,
		InputsFingerprint: warm.InputsFingerprint,
		Urls:              urls,
		Triggers:          triggers,
		Gate:              gate,
	}).Passed()

	// Stands for the resource that puts the release live, such as a DNS record or a routing rule. DependsOn sets the
	// order. Passed also stops `pulumi up --target`, which ignores DependsOn.
	live, err := pulumi.NewStash(ctx, "live", &pulumi.StashArgs{
		Input: pulumi.Map{"release": pulumi.String(version), "warmedUp": passed},
	}, pulumi.DependsOn([]pulumi.Resource{warm}))
	if err != nil {
		return err
	}
	ctx.Export("live", live.Output)
	return nil
}
