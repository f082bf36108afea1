package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
)

// errReported ends a command with exit status 1 when its output already contains
// the reason.
var errReported = errors.New("already reported")

// statusError ends a command with an exit status other than 1.
type statusError struct {
	status int
	err    error
}

// Error returns the text of the wrapped error.
func (e statusError) Error() string { return e.err.Error() }

// Unwrap returns the wrapped error.
func (e statusError) Unwrap() error { return e.err }

// execute executes the command line and returns the exit status.
func execute(ctx context.Context, env environment, args []string) int {
	root := newRoot(env) //nolint:contextcheck // commands take theirs from ExecuteContext
	root.SetArgs(args)
	root.SetOut(env.stdout)
	root.SetErr(env.stderr)
	cmd, err := root.ExecuteContextC(ctx)
	if err == nil {
		return 0
	}
	if !errors.Is(err, errReported) {
		fmt.Fprintf(env.stderr, "coworkctl: %s\n", withCommand(cmd, err))
	}
	if e, ok := errors.AsType[statusError](err); ok {
		return e.status
	}
	return 1
}

// withCommand returns the text of an error with the command that failed in front. Commands
// return their errors without it.
func withCommand(cmd *cobra.Command, err error) string {
	if name := commandLine(cmd); cmd.HasParent() && !strings.HasPrefix(err.Error(), name+":") {
		return name + ": " + err.Error()
	}
	return err.Error()
}

// version is that of builder-config.yaml. make build and make package set it.
var version = "development"

func newRoot(env environment) *cobra.Command {
	root := &cobra.Command{
		Use:   "coworkctl",
		Short: "Verify, inspect, test and generate the telemetry of Claude Cowork",
		Long: "Verify, inspect, test and generate the telemetry of Claude Cowork.\n\n" +
			"Begin with coworkctl verify, which sends five events to a collector and reports what to do if\n" +
			"they do not arrive. README.md in distro/coworkctl has every command with its output.\n\n" +
			"The exit status is 0 for success, 1 for an error or a failed check, and 3 if a comparison or a\n" +
			"verification found what it looks for. coworkctl redact exits with 2 for an error.",
		Version:           version,
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	for _, g := range []struct {
		id, title string
		commands  []*cobra.Command
	}{
		{"setup", "Set up and operate a collector:", []*cobra.Command{newVerify(env), newToken(env), newHealth(env), newDrain(env)}},
		{"recorded", "Read what was recorded:", []*cobra.Command{newShow(env), newReport(env), newReconcile(env), newAudit(env)}},
		{"rules", "Test rules and redaction:", []*cobra.Command{newAlerts(env), newRedact(env), newPseudonyms(env)}},
		{"send", "Send telemetry:", []*cobra.Command{newReplay(env), newGen(env)}},
	} {
		root.AddGroup(&cobra.Group{ID: g.id, Title: g.title})
		for _, c := range g.commands {
			c.GroupID = g.id
			root.AddCommand(c)
		}
	}
	for _, c := range commandsBelow(root) {
		if c.HasSubCommands() {
			requireSubcommand(c)
		} else if c.Args == nil {
			c.Args = noArguments
		}
		c.Flags().SortFlags = false
	}
	requireSubcommand(root)
	return root
}

// commandsBelow returns the subcommands of a command, at every level.
func commandsBelow(parent *cobra.Command) []*cobra.Command {
	var list []*cobra.Command
	for _, c := range parent.Commands() {
		list = append(append(list, c), commandsBelow(c)...)
	}
	return list
}

// requireSubcommand makes a command print its help without arguments and refuse
// arguments that are not one of its subcommands.
func requireSubcommand(cmd *cobra.Command) {
	cmd.SuggestionsMinimumDistance = 2
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		return unknownCommand(cmd, args[0])
	}
	// The flags of an unknown command are unknown too, and fail first.
	cmd.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		if args := cmd.Flags().Args(); cmd.HasSubCommands() && len(args) > 0 {
			return unknownCommand(cmd, args[0])
		}
		return flagError(cmd, err)
	})
}

// isCommandName matches what an error may repeat. Another argument can be text that
// was meant for coworkctl redact.
var isCommandName = regexp.MustCompile(`^[a-z-]{1,16}$`).MatchString

// unknownCommand returns the error for a name that is no subcommand of parent:
// with the commands of that name elsewhere, else those with a similar name, else
// all subcommands.
func unknownCommand(parent *cobra.Command, name string) error {
	if !isCommandName(name) {
		return errors.New("unknown command (see --help)")
	}
	var similar []string
	for _, c := range commandsBelow(parent.Root()) {
		if c.Name() == name {
			similar = append(similar, commandLine(c))
		}
	}
	if len(similar) == 0 {
		similar = parent.SuggestionsFor(name)
	}
	if len(similar) > 0 {
		return fmt.Errorf("unknown command %q (would be %s)", name, strings.Join(similar, " or "))
	}
	var have []string
	for _, c := range parent.Commands() {
		if c.IsAvailableCommand() {
			have = append(have, c.Name())
		}
	}
	return fmt.Errorf("unknown command %q (have %s)", name, strings.Join(have, ", "))
}

// commandLine returns the words that select a command, without the program's name.
func commandLine(c *cobra.Command) string {
	return strings.TrimPrefix(c.CommandPath(), c.Root().Name()+" ")
}

// noArguments refuses arguments without repeating them: an unexpected argument is
// usually the second word of a header's value.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%s: takes no arguments (quote a value that contains a blank)", commandLine(cmd))
	}
	return nil
}
