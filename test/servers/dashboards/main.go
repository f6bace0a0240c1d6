// Command check-dashboards reads dashboards as Grafana's schemas have them: a field that no schema knows, a value of another type and a constraint that
// does not hold are told, one a line, and it ends with 1. The schemas are those that the foundation SDK's decoders are generated from; the SDK for
// TypeScript has types of them, but nothing that checks.
package main

import (
	"fmt"
	"os"

	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

func main() {
	plugins.RegisterDefaultPlugins() // the options of each kind of panel, and queries to Prometheus
	wrong := false
	for _, path := range os.Args[1:] {
		if err := check(path); err != nil {
			wrong = true
			fmt.Printf("%s: %v\n", path, err)
		}
	}
	if wrong {
		os.Exit(1)
	}
}

func check(path string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var read dashboard.Dashboard
	if err := read.UnmarshalJSONStrict(raw); err != nil {
		return err
	}
	return read.Validate()
}
