package main

import (
	"cmp"
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/cowork-otel/collector/internal/nearest"
)

// valueKinds describes the values of flags by their type.
var valueKinds = map[string]string{
	"duration": "duration (10s would be one)", "int": "whole number", "uint": "whole number", "float64": "number", "bool": "switch (true or false would be right)",
}

// flagError returns the error for a wrong flag. It has no argument, which can be a secret and
// which the parser's error quotes.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var value *pflag.InvalidValueError
	var missing *pflag.ValueRequiredError
	switch {
	case errors.As(err, &value):
		return fmt.Errorf("--%s: is no %s", value.GetFlag().Name, cmp.Or(valueKinds[value.GetFlag().Value.Type()], "valid value (see --help)"))
	case errors.As(err, &missing):
		return fmt.Errorf("--%s: needs a value (see --help)", missing.GetFlag().Name)
	case errors.As(err, &unknown):
		if now := renamed(commandLine(cmd), unknown.GetSpecifiedName()); now != "" {
			return fmt.Errorf("--%s: was renamed (write %s)", unknown.GetSpecifiedName(), now)
		}
		var have []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { have = append(have, f.Name) })
		if near := nearest.Name(unknown.GetSpecifiedName(), have); near != "" {
			return fmt.Errorf("unknown flag (did you mean --%s?)", near)
		}
	}
	return errors.New("unknown flag (see --help)")
}
