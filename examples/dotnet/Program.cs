// A release goes live only after the POPs hold its files.
using System.Collections.Generic;
using CdnPreloadGate.Alicdn;
using CdnPreloadGate.Alicdn.Inputs;
using Pulumi;

return await Deployment.RunAsync(() =>
{
    var config = new Config();
    var release = config.Get("release") ?? "1.0.0";
    var urls = config.GetObject<string[]>("urls")
        ?? new[] { "https://cdn.example.com/app.js", "https://cdn.example.com/app.css" };

    var warm = new Preload("warm", new PreloadArgs
    {
        Urls = urls,
        // What is deployed, not the build's number. A retried build then waits for the same tasks.
        Triggers = { release },
        Gate = new GateArgs { MinSuccessPercent = 95 },
        Timeout = "30m",
    });

    // Fails unless the verdict is accepted and is about these inputs.
    var passed = RequirePassed.Invoke(new RequirePassedInvokeArgs
    {
        Name = "warm",
        Verdict = warm.Verdict,
        Accepted = warm.Accepted,
        Reasons = warm.Reasons,
        InputsFingerprint = warm.InputsFingerprint,
        Urls = urls,
        Triggers = { release },
        Gate = new GateInputArgs { MinSuccessPercent = 95 },
    }).Apply(result => result.Passed);

    // The resource that puts the release live, such as a DNS record or a routing rule, takes `passed` as an input and
    // depends on `warm`.
    return new Dictionary<string, object?> { ["passed"] = passed, ["verdict"] = warm.Verdict };
});
