package gate;

import com.cdnpreloadgate.alicdn.AlicdnFunctions;
import com.cdnpreloadgate.alicdn.Preload;
import com.cdnpreloadgate.alicdn.PreloadArgs;
import com.cdnpreloadgate.alicdn.inputs.RequirePassedArgs;
import com.pulumi.Context;
import com.pulumi.Pulumi;
import java.util.List;

/** A release goes live only after the POPs hold its files. */
public class App {
  public static void main(String[] args) {
    Pulumi.run(App::release);
  }

  private static void release(Context ctx) {
    var version = ctx.config().get("release").orElse("1.0.0");
    var urls = List.of("https://cdn.example.com/app.js", "https://cdn.example.com/app.css");

    // The trigger is what is deployed, not the build's number. A retried build then waits for the same tasks.
    var warm =
        new Preload(
            "warm",
            PreloadArgs.builder().urls(urls).triggers(List.of((Object) version)).timeout("30m").build());

    // Fails unless the verdict is accepted and is about these inputs.
    var passed =
        AlicdnFunctions.requirePassed(
                RequirePassedArgs.builder()
                    .name("warm")
                    .verdict(warm.verdict())
                    .accepted(warm.accepted())
                    .reasons(warm.reasons())
                    .inputsFingerprint(warm.inputsFingerprint())
                    .urls(urls)
                    .triggers(List.of((Object) version))
                    .build())
            .applyValue(result -> result.passed());

    // The resource that puts the release live, such as a DNS record or a routing rule, takes `passed` as an input and
    // depends on `warm`.
    ctx.export("passed", passed);
  }
}
