//go:build tools

// Package tools pins the Pulumi CLI: this module exists so that `go build` takes the
// versions (and checksums) committed in go.mod and go.sum.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
