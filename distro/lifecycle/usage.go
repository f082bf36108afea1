package lifecycle

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/cowork-otel/collector/internal/nearest"
)

// addUsage replaces the errors of wrong arguments and flags by those that contain what would
// be right. They have no argument, which can be a secret.
func addUsage(cmd *cobra.Command) {
	for _, c := range append(cmd.Commands(), cmd) {
		if c.Use == c.Name() { // the usage of others has an argument
			c.Args = noArguments
		}
		c.SetFlagErrorFunc(flagError)
	}
}

// configSuffixes end the names of configurations.
var configSuffixes = []string{".yaml", ".yml", ".json"}

// noArguments refuses arguments, such as a configuration without its flag, or a command that
// does not exist.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if slices.Contains(configSuffixes, strings.ToLower(filepath.Ext(args[0]))) {
		return errors.New("arguments: a configuration needs its flag (write --config in front of the file)")
	}
	var have []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			have = append(have, c.Name())
		}
	}
	switch near := nearest.Name(args[0], have); {
	case near != "":
		return fmt.Errorf("arguments: is no command (did you mean %s?)", near)
	case len(have) > 0:
		return errors.New("arguments: is no command (without one the collector runs; validate checks a configuration)")
	}
	return errors.New("arguments: must be none (see --help)")
}

// flagError returns the error of a wrong flag.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var missing *pflag.ValueRequiredError
	switch {
	case errors.As(err, &missing):
		return fmt.Errorf("--%s: needs a value (see --help)", missing.GetFlag().Name)
	case errors.As(err, &unknown):
		var have []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { have = append(have, f.Name) })
		if near := nearest.Name(unknown.GetSpecifiedName(), have); near != "" {
			return fmt.Errorf("flags: unknown flag (did you mean --%s?)", near)
		}
		return errors.New("flags: unknown flag (see --help)")
	}
	return err
}
