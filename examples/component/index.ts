import * as pulumi from "@pulumi/pulumi";
import { WarmRelease } from "./warm-release";

/** Releases two sites with the same component. Each goes live after its own files are preloaded. */
export = async () => {
  const config = new pulumi.Config();
  const version = config.get("version") ?? "1.0.0";
  const shop = new WarmRelease("shop", {
    version,
    urls: config.getObject<string[]>("urls") ?? ["https://shop.example.com/app.js"],
  });
  const blog = new WarmRelease("blog", { version, urls: ["https://blog.example.com/app.js"] });
  // When an `up` fails, Pulumi keeps the outputs of the last `up` that succeeded. These say what is live.
  return { live: { shop: shop.live, blog: blog.live } };
};
