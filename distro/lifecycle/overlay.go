package lifecycle

import (
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.opentelemetry.io/collector/otelcol"

	"github.com/cowork-otel/collector/distro/configcheck"
)

// addDefault puts the default configuration in front of an overlay, and prints that. A reload
// does not repeat the decision.
func (l *location) addDefault(cmd *cobra.Command, set otelcol.CollectorSettings) {
	uris := l.uris()
	if len(uris) == 0 {
		return // check reports that
	}
	if with := configcheck.WithDefault(cmd.Context(), set, uris); len(with) > len(uris) {
		l.files, l.overlay = append(with[:1:1], l.files...), true
		fmt.Fprintf(cmd.ErrOrStderr(), "the configuration is an overlay: it is merged into the default one (as with --config %s in front)\n", with[0])
	}
}

// args returns the arguments of a command that names the default configuration if it was
// added.
func (l *location) args(args []string) []string {
	if !l.overlay {
		return args
	}
	return append([]string{"--config=" + l.files[0]}, args...)
}

// run runs a subcommand of the collector with these locations in place of those of its
// flags. Feature gates of the flags are set already.
func (l *location) run(cmd *cobra.Command, set otelcol.CollectorSettings) error {
	args := []string{cmd.Name()}
	cmd.Flags().Visit(func(f *pflag.Flag) {
		switch f.Name {
		case "config", "set", "feature-gates":
		default:
			args = append(args, "--"+f.Name+"="+f.Value.String())
		}
	})
	for _, uri := range l.uris() {
		args = append(args, "--config="+uri)
	}
	stock := otelcol.NewCommand(set)
	stock.SilenceErrors = true
	stock.SetOut(cmd.OutOrStdout())
	stock.SetErr(cmd.ErrOrStderr())
	stock.SetArgs(args)
	return stock.ExecuteContext(cmd.Context())
}

// printMerged makes the command print-config print what runs: an overlay with the default.
func printMerged(cmd *cobra.Command, set otelcol.CollectorSettings) {
	l := newLocation(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		l.addDefault(cmd, set)
		return l.run(cmd, set)
	}
}
