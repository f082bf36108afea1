// Package early registers for the signals of the collector when the process starts. It
// imports the standard library only, so that it is initialised before most other packages:
// on a busy machine, their initialisation takes up to a second, in which SIGTERM would end
// the process with an error.
package early

import (
	"os"
	"os/signal"
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

// runs reports whether a command line runs the collector. Subcommands and tests end at a
// signal.
func runs(args []string) bool {
	return len(args) == 1 || len(args) > 1 && strings.HasPrefix(args[1], "-") && !strings.HasPrefix(args[1], "-test.")
}
