# What the container image stands on: the C library that Node needs, CA certificates, and a user that is not root.
# `npm run release` puts its own layer on it (scripts/release/image/make-image.mjs), and Docker never builds this file.
# It has this form so that Dependabot keeps the digest up to date.
FROM gcr.io/distroless/cc-debian13:nonroot@sha256:e792ab3d241a468a4fd7519ddbbebe66b49b5f365771716ea688ad40b6c6f1c2
