package main

// Beside an example's main.go: runs its program by the Automation API and prints how each operation ended, as one JSON
// text a line. GATE_FOLDER holds a Pulumi.yaml; GATE_CONFIG is the stack's config, GATE_OPERATIONS what to do, both JSON.

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optdestroy"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optpreview"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optup"
)

func init() {
	if os.Getenv("GATE_OPERATIONS") == "" {
		return
	}
	if err := drive(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func drive() error {
	ctx := context.Background()
	stack, err := auto.UpsertStackInlineSource(ctx, "test", "gate", release, auto.WorkDir(os.Getenv("GATE_FOLDER")))
	if err != nil {
		return err
	}
	var settings map[string]struct {
		Value  string
		Secret bool
	}
	if err := json.Unmarshal([]byte(os.Getenv("GATE_CONFIG")), &settings); err != nil {
		return err
	}
	config := auto.ConfigMap{}
	for key, setting := range settings {
		config[key] = auto.ConfigValue{Value: setting.Value, Secret: setting.Secret}
	}
	if err := stack.SetAllConfig(ctx, config); err != nil {
		return err
	}
	var operations []any
	if err := json.Unmarshal([]byte(os.Getenv("GATE_OPERATIONS")), &operations); err != nil {
		return err
	}
	for _, operation := range operations {
		if err := do(ctx, stack, operation); err != nil {
			return err
		}
	}
	return nil
}

func do(ctx context.Context, stack auto.Stack, operation any) error {
	var told bytes.Buffer
	var failure error
	switch asked := operation.(type) {
	case map[string]any:
		var targets []string
		for _, target := range asked["target"].([]any) {
			targets = append(targets, target.(string))
		}
		_, failure = stack.Up(ctx, optup.ProgressStreams(&told), optup.ErrorProgressStreams(&told), optup.Target(targets))
	case string:
		switch asked {
		case "destroy":
			_, failure = stack.Destroy(ctx, optdestroy.ProgressStreams(&told))
		case "preview":
			_, failure = stack.Preview(ctx, optpreview.ProgressStreams(&told))
		default:
			_, failure = stack.Up(ctx, optup.ProgressStreams(&told), optup.ErrorProgressStreams(&told))
		}
	}
	if failure != nil {
		told.WriteString(failure.Error())
	}
	exported, err := stack.Export(ctx)
	if err != nil {
		return err
	}
	var deployment struct {
		Resources []any `json:"resources"`
	}
	if err := json.Unmarshal(exported.Deployment, &deployment); err != nil {
		return err
	}
	line, err := json.Marshal(map[string]any{
		"failed":    failure != nil,
		"output":    told.String(),
		"resources": deployment.Resources,
	})
	if err != nil {
		return err
	}
	fmt.Println("JSON " + string(line))
	return nil
}
