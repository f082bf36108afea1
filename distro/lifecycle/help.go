package lifecycle

import "github.com/spf13/cobra"

const long = `Receives the telemetry of Claude Cowork, redacts it, and sends it on.

Without arguments it runs the embedded configuration: it receives OTLP at localhost:4317
and localhost:4318, writes files below ./data, and serves a page at http://localhost:4320.
A configuration that has only what differs is merged into the embedded one.`

const examples = `  otelcol-cowork                                        # the embedded configuration
  otelcol-cowork --config mine.yaml                     # yours
  otelcol-cowork --config default: --config mine.yaml   # the embedded one and yours
  otelcol-cowork validate --config mine.yaml            # all errors at once`

// usages are the texts of flags in the help. Without them, the help lists the default of
// every feature gate.
var usages = map[string]string{
	"config":        "a configuration `file`, or default: for the embedded one; repeat it to merge several",
	"feature-gates": "comma-separated `gates`, with - in front to disable one (the command featuregate lists them)",
	"set":           "a `key=value` of the configuration, such as processors.batch.timeout=2s; repeat it for several",
}

// addHelp replaces the help of the collector's commands.
func addHelp(cmd *cobra.Command) {
	cmd.Long, cmd.Example = long, examples
	for _, c := range append(cmd.Commands(), cmd) {
		for name, usage := range usages {
			if flag := c.Flags().Lookup(name); flag != nil {
				flag.Usage, flag.DefValue = usage, ""
			}
		}
	}
}
