// Package early registers for the signals of the collector when the process starts. It
// imports the standard library only, so that it is initialised before most other packages:
// on a busy machine, their initialisation takes up to a second, in which SIGTERM would end
// the process with an error.
package early

import (
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
)

// Signals receives the signals. It has room for those that arrive before the collector runs.
var Signals = register(os.Args)

func register(args []string) chan os.Signal {
	signals := make(chan os.Signal, 8)
	if runs(args) {
		signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	}
	return signals
}

// subcommands are those that read a configuration, and may follow their flags.
var subcommands = []string{"validate", "components", "print-config", "featuregate"}

// runs reports whether a command line runs the collector. Subcommands and tests end at a
// signal.
func runs(args []string) bool {
	if len(args) == 0 || len(args) > 1 && (!strings.HasPrefix(args[1], "-") || strings.HasPrefix(args[1], "-test.")) {
		return false
	}
	return !slices.ContainsFunc(args, func(arg string) bool { return slices.Contains(subcommands, arg) })
}
