package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

// errTold ends a command unsuccessfully when its output has said why already.
var errTold = errors.New("told already")

// run carries out the command line and returns the exit status.
func run(ctx context.Context, around surroundings, args []string) int {
	root := newRoot(around) //nolint:contextcheck // commands take theirs from ExecuteContext
	root.SetArgs(args)
	root.SetOut(around.out)
	root.SetErr(around.err)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return 0
	case !errors.Is(err, errTold):
		fmt.Fprintf(around.err, "coworkctl: %v\n", err)
	}
	return 1
}

func newRoot(around surroundings) *cobra.Command {
	root := &cobra.Command{
		Use:               "coworkctl",
		Short:             "Send believable Cowork telemetry, verify that it arrives, show what did",
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.AddCommand(newSend(around), newDemo(around), newPrompt(around), newVerify(around), newPrint(around), newShow(around), newAlerts(around))
	for _, c := range root.Commands() {
		if c.Args == nil {
			c.Args = noArguments
		}
		c.Flags().SortFlags = false
	}
	return root
}

// noArguments does not repeat what it refuses: an argument too many is most
// often the second word of a header's value.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%s: takes no arguments (a value with a blank in it wants quotes)", cmd.Name())
	}
	return nil
}
