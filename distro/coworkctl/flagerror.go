package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/cowork-otel/collector/internal/nearest"
)

// flagError returns the error for a wrong flag. It has no argument, which can be a secret and
// which the parser's error quotes.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var value *pflag.InvalidValueError
	var missing *pflag.ValueRequiredError
	switch {
	case errors.As(err, &value):
		return fmt.Errorf("--%s: the value has another form (must be of type %s)", value.GetFlag().Name, value.GetFlag().Value.Type())
	case errors.As(err, &missing):
		return fmt.Errorf("--%s: needs a value", missing.GetFlag().Name)
	case errors.As(err, &unknown):
		var have []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { have = append(have, f.Name) })
		if near := nearest.Name(unknown.GetSpecifiedName(), have); near != "" {
			return fmt.Errorf("unknown flag (did you mean --%s?)", near)
		}
	}
	return errors.New("unknown flag (see --help)")
}
