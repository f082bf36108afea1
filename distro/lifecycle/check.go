package lifecycle

import (
	"fmt"

	"github.com/spf13/cobra"
	"go.opentelemetry.io/collector/otelcol"

	"github.com/cowork-otel/collector/distro/configcheck"
)

// A location records the flags that name a configuration.
type location struct{ files, sets []string }

// newLocation records the flags of a command.
func newLocation(cmd *cobra.Command) *location {
	l := &location{}
	record(cmd.Flags(), "config", &l.files)
	record(cmd.Flags(), "set", &l.sets)
	return l
}

// uris returns the locations of the configuration, in the order in which they are merged.
func (l *location) uris() []string {
	uris := l.files
	for _, s := range l.sets {
		uris = append(uris, setURI(s))
	}
	return uris
}

// checkFirst makes a command check its configuration before it runs.
func checkFirst(cmd *cobra.Command, set otelcol.CollectorSettings, l *location, starts bool) {
	run := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if uris := l.uris(); len(uris) > 0 {
			if err := configcheck.Command(cmd.Context(), set, uris, starts, cmd.ErrOrStderr()); err != nil {
				fmt.Fprintln(cmd.ErrOrStderr(), err) // without the prefix of cobra
				cmd.SilenceErrors = true
				return err
			}
		}
		return run(cmd, args)
	}
}
