package lifecycle

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"go.opentelemetry.io/collector/otelcol"

	"github.com/cowork-otel/collector/distro/configcheck"
	"github.com/cowork-otel/collector/distro/secrets"
)

// A location records the flags that name a configuration.
type location struct {
	files, sets []string
	overlay     bool // whether the first file is the default, which the flags do not name
}

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

// check checks the configuration before a command runs, and prints its errors.
func (l *location) check(cmd *cobra.Command, set otelcol.CollectorSettings, starts bool) (r configcheck.Report, err error) {
	uris := l.uris()
	if len(uris) == 0 {
		return r, errors.New("config: there is no configuration (give --config at least once)")
	}
	if r, err = configcheck.Command(cmd.Context(), set, uris, starts); err != nil {
		return r, err
	}
	if err = r.Err(); err != nil {
		fmt.Fprintln(cmd.ErrOrStderr(), err) // without the prefix of cobra
		cmd.SilenceErrors = true
	}
	return r, err
}

// warningPrefix begins a line of validate that is no error.
const warningPrefix = "warning: "

// validateFirst makes the command validate check the configuration first.
func validateFirst(cmd *cobra.Command, set otelcol.CollectorSettings) {
	l := newLocation(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		l.addDefault(cmd, set)
		r, err := l.check(cmd, set, false)
		for _, w := range r.Warnings {
			fmt.Fprintln(cmd.ErrOrStderr(), warningPrefix+w.String())
		}
		if err != nil {
			return err
		}
		return clean(&r.Secrets, l.run(cmd, set))
	}
}

// clean removes secrets from an error of the collector, and the texts around an error of
// the start check or of a component.
func clean(s *secrets.Set, err error) error {
	if err == nil {
		return nil
	}
	if start := startError(""); errors.As(err, &start) {
		err = start
	}
	if text := startText(s.Replacer().Replace(err.Error())); text != err.Error() {
		return errors.New(text)
	}
	return err
}
