package lifecycle

import (
	"context"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.opentelemetry.io/collector/otelcol"

	"github.com/cowork-otel/collector/distro/configcheck"
)

// NewCommand returns the command of the collector. It is [otelcol.NewCommand] with the
// stop and the reload of this package, and a check of the configuration.
func NewCommand(set otelcol.CollectorSettings) *cobra.Command {
	return newCommand(set, func() {})
}

// newCommand is [NewCommand] with a function that is called when a collector runs.
func newCommand(set otelcol.CollectorSettings, running func()) *cobra.Command {
	resolver := &set.ConfigProviderSettings.ResolverSettings
	resolver.ConverterFactories = withoutWarnings(resolver.ConverterFactories)
	cmd := otelcol.NewCommand(set)
	addHelp(cmd)
	addUsage(cmd)
	location := newLocation(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		cmd.SetContext(ctx)
		location.addDefault(cmd, set)
		r, err := location.check(cmd, set, true)
		if err != nil || ctx.Err() != nil {
			return err
		}
		resolver.URIs = location.uris()
		if resolver.DefaultScheme == "" {
			resolver.DefaultScheme = "env"
		}
		p := newProcess(set, location.args(os.Args[1:]))
		p.running = running
		p.use(&r)
		p.reread = func() {
			// A configuration that cannot be read now is reported by the collector.
			if again, err := configcheck.Command(context.Background(), set, resolver.URIs, false); err == nil {
				p.use(&again)
			}
		}
		return clean(&p.secrets, p.run())
	}
	for _, sub := range cmd.Commands() {
		switch sub.Name() {
		case "validate":
			validateFirst(sub, set)
		case "print-config":
			printMerged(sub, set)
		}
	}
	return cmd
}

// setURI returns the location of the configuration that --set key=value adds.
func setURI(flag string) string {
	key, value, _ := strings.Cut(flag, "=")
	return "yaml:" + strings.TrimSpace(strings.ReplaceAll(key, ".", "::")) + ": " + strings.TrimSpace(value)
}

// record appends the values of a flag to a list.
func record(flags *pflag.FlagSet, name string, values *[]string) {
	flag := flags.Lookup(name)
	flag.Value = recorder{flag.Value, values}
}

type recorder struct {
	pflag.Value
	values *[]string
}

// Set sets the flag, and appends the value to the list.
func (r recorder) Set(value string) error {
	if err := r.Value.Set(value); err != nil {
		return err
	}
	*r.values = append(*r.values, value)
	return nil
}
