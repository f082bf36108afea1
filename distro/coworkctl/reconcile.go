package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/cowork-otel/collector/distro/coworkctl/reconcile"
)

// complianceKey is the variable with the key of the Compliance API. A flag would be visible
// to other processes.
const complianceKey = "ANTHROPIC_COMPLIANCE_KEY"

func newReconcile(env environment) *cobra.Command {
	var (
		list, api, from, to, format, usage string
		files                              []string
		under                              float64
		set                                reconcile.Settings
	)
	cmd := &cobra.Command{
		Use:   "reconcile [--sessions FILE] --telemetry FILE",
		Short: "Compare the sessions of the Compliance API with the telemetry",
		Long: "Compare a list of sessions of the Compliance API with recorded telemetry: which sessions\n" +
			"have no telemetry, with the likely reason, and which are not listed. Without --sessions, the\n" +
			"API lists them, with the key in " + complianceKey + ". The exit status is 3 if fewer\n" +
			"sessions than --fail-under percent were found.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if len(files) == 0 {
				return errors.New("reconcile: --telemetry: no file (the default configuration writes data/logs.json; a folder is one too)")
			}
			if format != "text" && format != "json" {
				return fmt.Errorf("reconcile: --format: %s: must be text or json", format)
			}
			for _, day := range []struct {
				text string
				to   *time.Time
			}{{from, &set.From}, {to, &set.To}} {
				var err error
				if *day.to, err = time.Parse(time.DateOnly, day.text); day.text != "" && err != nil {
					return errors.New("reconcile: --from or --to: is no date (2026-11-28 would be one)")
				}
			}
			sessions, err := listSessions(cmd.Context(), env, list, api, set)
			if err != nil {
				return fmt.Errorf("reconcile: %w", err)
			}
			if usage != "" {
				if set.Usage, err = readListed(env, usage, reconcile.ReadUsage); err != nil {
					return fmt.Errorf("reconcile: %w", err)
				}
			}
			telemetry := reconcile.NewTelemetry()
			for _, pattern := range files {
				for _, name := range telemetryFiles(pattern) {
					if err := streamEvents(env, "reconcile", name, maxReplayLine, telemetry.Add); err != nil {
						return err
					}
				}
			}
			if telemetry.Empty() {
				return errors.New("reconcile: --telemetry: has no event with a session.id and a time (logs of the file exporter would be right)")
			}
			report := reconcile.Compare(sessions, telemetry, set)
			write := report.WriteText
			if format == "json" {
				write = report.WriteJSON
			}
			var text bytes.Buffer
			if err := write(&text); err != nil {
				return err
			}
			if _, err := env.stdout.Write(terminalText(text.Bytes())); err != nil {
				return err
			}
			if report.Percent() < under {
				return statusError{3, fmt.Errorf("reconcile: found %.1f %% of the sessions (--fail-under %g)", report.Percent(), under)}
			}
			return nil
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&list, "sessions", "", "list of sessions: pages of the API, JSON lines or CSV; without it, the API is asked")
	flags.StringVar(&api, "api", "https://api.anthropic.com", "address of the Compliance API")
	flags.StringSliceVar(&files, "telemetry", nil, "files, folders or patterns of recorded logs")
	flags.StringVar(&from, "from", "", "first day of created sessions, UTC")
	flags.StringVar(&to, "to", "", "day after the last one, UTC")
	flags.DurationVar(&set.Tolerance, "tolerance", 10*time.Minute, "largest difference of clocks")
	flags.Float64Var(&under, "fail-under", 100, "percentage of sessions that must be found")
	flags.StringVar(&usage, "usage", "", "cost report of the Analytics API by user and day, to compare costs")
	flags.Float64Var(&set.CostTolerance, "cost-tolerance", 10, "permitted difference of costs, percent")
	flags.BoolVar(&set.ShowUsers, "show-users", false, "print addresses of users")
	flags.StringVar(&format, "format", "text", "text or json")
	return cmd
}

// listSessions returns the sessions in a file, or those that the API lists.
func listSessions(ctx context.Context, env environment, file, api string, set reconcile.Settings) ([]reconcile.Listed, error) {
	if file == "" {
		key := strings.TrimSpace(os.Getenv(complianceKey))
		if key == "" || set.From.IsZero() {
			return nil, errors.New("needs --sessions, or --from and a key in " + complianceKey)
		}
		return reconcile.API{BaseURL: api, Key: key}.List(ctx, set.From, set.To)
	}
	return readListed(env, file, reconcile.ReadSessions)
}

func readListed[T any](env environment, file string, read func(io.Reader) ([]T, error)) ([]T, error) {
	in, err := openInput(env, file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	all, err := read(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return all, nil
}
