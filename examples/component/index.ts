import * as pulumi from "@pulumi/pulumi";
import { WarmRelease } from "./warm-release";

/** Two sites are released by the same component; each goes live after its own files are warm. */
export = async () => {
  const config = new pulumi.Config();
  const version = config.get("version") ?? "1.0.0";
  const shop = new WarmRelease("shop", {
    version,
    urls: config.getObject<string[]>("urls") ?? ["https://shop.example.com/app.js"],
  });
  const blog = new WarmRelease("blog", { version, urls: ["https://blog.example.com/app.js"] });
  // What is live, and not what the last `up` tried: Pulumi keeps these outputs when an `up` fails.
  return { live: { shop: shop.live, blog: blog.live } };
};
