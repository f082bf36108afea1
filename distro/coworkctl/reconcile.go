package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/cowork-otel/collector/distro/coworkctl/reconcile"
)

// complianceKey is the variable with the key of the Compliance API. A flag would be visible
// to other processes.
const complianceKey = "ANTHROPIC_COMPLIANCE_KEY"

// silentStatus is the exit status if fewer sessions were found than required.
const silentStatus = 3

// reconcileFlags are the flags of coworkctl reconcile.
type reconcileFlags struct {
	list, api, database, format, roster string
	files, usage, configs               []string
	processor                           string
	below                               float64
	limit                               int
	times                               timeRange
	set                                 reconcile.Settings
}

func newReconcile(env environment) *cobra.Command {
	var r reconcileFlags
	cmd := &cobra.Command{
		Use:   "reconcile [--sessions FILE] --telemetry FILE | --database DATABASE",
		Short: "Compare the sessions of the Compliance API with the telemetry",
		Long: "Compare a list of sessions of the Compliance API with the telemetry: how many of them arrived,\n" +
			"by day and team, which have no telemetry, for which likely reason and what to do, and which are\n" +
			"not listed. Without --sessions, the API lists them, with the key in " + complianceKey + ".\n\n" +
			"The telemetry is in files of the collector (--telemetry), or in the database of its page\n" +
			"(--database), which has the sessions of 90 days and is only read. With --usage, the reports of\n" +
			"the Analytics API are compared with the cost of the telemetry.\n\n" +
			"The exit status is 3 if fewer sessions than --fail-below percent were found, 1 for an error.",
		Example: "  coworkctl reconcile --sessions sessions.json --database data/dashboard.db\n" +
			"  coworkctl reconcile --from 2026-11-01 --to 2026-11-30 --database postgres://reader@db/cowork --fail-below 99\n" +
			"  coworkctl reconcile --sessions sessions.json --telemetry data --usage user_cost_report.json --format json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			report, err := r.compare(cmd.Context(), env)
			if err != nil {
				return err
			}
			var text bytes.Buffer
			if r.format == "json" {
				err = report.WriteJSON(&text)
			} else {
				err = report.WriteText(&text, r.limit, r.set.Zone)
			}
			if err == nil {
				_, err = env.stdout.Write(terminalText(text.Bytes()))
			}
			if err != nil {
				return err
			}
			if report.Percent < r.below {
				return statusError{silentStatus, fmt.Errorf("%d of %d sessions were found, below %g %% (--fail-below)", report.Found, report.Listed, r.below)}
			}
			return nil
		},
	}
	r.register(cmd.Flags())
	return cmd
}

func (r *reconcileFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&r.list, "sessions", "", "list of sessions: pages of the API, JSON lines or CSV; - for the standard input; without it, the API lists them")
	flags.StringVar(&r.api, "api", "https://api.anthropic.com", "address of the Compliance API")
	flags.StringSliceVar(&r.files, "telemetry", nil, "files, folders or patterns of recorded logs; repeatable")
	flags.StringVar(&r.database, "database", "", "database of the page: data/dashboard.db, or postgres://reader@db.example.com/cowork with the password in PGPASSWORD")
	r.times.register(flags, "created sessions", true)
	flags.DurationVar(&r.set.Tolerance, "tolerance", 10*time.Minute, "largest difference of clocks")
	flags.Float64Var(&r.below, "fail-below", 100, "percentage of sessions that must be found")
	flags.StringArrayVar(&r.configs, "config", nil, "configuration of the collector, if its redaction writes pseudonyms of users; repeatable")
	flags.StringVar(&r.processor, "processor", "", "id of the cowork_redaction of --config, if it has more than one")
	flags.StringVar(&r.roster, "roster", "", "list of people with their teams, CSV or YAML, as cowork_roster reads it")
	flags.StringArrayVar(&r.usage, "usage", nil, "report of the Analytics API by user and day, to compare costs; repeatable")
	flags.Float64Var(&r.set.CostTolerance, "cost-tolerance", 10, "permitted difference of costs, percent")
	flags.BoolVar(&r.set.ShowUsers, "show-users", false, "print addresses of users")
	flags.IntVar(&r.limit, "limit", 20, "rows of each list, 0 for all; JSON has all")
	flags.StringVar(&r.format, "format", "text", "text or json")
}

// validate checks the flags before anything is read.
func (r *reconcileFlags) validate() (err error) {
	switch {
	case r.format != "text" && r.format != "json":
		return errors.New("--format: is unknown (text or json)")
	case len(r.files) == 0 && r.database == "":
		return errors.New("--telemetry, --database: none is set (--database data/dashboard.db, or --telemetry data, as the default configuration writes them)")
	case len(r.files) > 0 && r.database != "":
		return errors.New("--telemetry, --database: both are set (one of them: they have the same sessions)")
	case !(r.below >= 0 && r.below <= 100):
		return errors.New("--fail-below: is no percentage (0 to 100)")
	case !(r.set.CostTolerance >= 0 && r.set.CostTolerance <= 100):
		return errors.New("--cost-tolerance: is no percentage (0 to 100)")
	case r.set.Tolerance < time.Second || r.set.Tolerance > 24*time.Hour:
		return errors.New("--tolerance: must be from 1s to 24h (10m is the default)")
	case r.limit < 0:
		return errors.New("--limit: must not be negative (0 prints all)")
	}
	r.set.From, r.set.To, r.set.Zone, err = r.times.parse()
	return err
}

// compare reads all sources and compares them.
func (r *reconcileFlags) compare(ctx context.Context, env environment) (*reconcile.Report, error) {
	if err := r.validate(); err != nil {
		return nil, err
	}
	sessions, err := r.listSessions(ctx, env)
	if err != nil {
		return nil, err
	}
	if err := r.readUsage(env); err != nil {
		return nil, err
	}
	if err := r.readRoster(env); err != nil {
		return nil, err
	}
	closeAlias, err := r.openAlias(ctx)
	if err != nil {
		return nil, err
	}
	telemetry, err := r.readTelemetry(ctx, env)
	if err != nil {
		return nil, errors.Join(err, closeAlias())
	}
	return reconcile.Compare(sessions, telemetry, r.set), closeAlias()
}

// listSessions returns the sessions in a file, or those that the API lists.
func (r *reconcileFlags) listSessions(ctx context.Context, env environment) ([]reconcile.ListedSession, error) {
	if r.list != "" {
		return readListed(env, r.list, reconcile.ReadSessions)
	}
	key := strings.TrimSpace(os.Getenv(complianceKey))
	if key == "" || r.set.From.IsZero() {
		return nil, errors.New("--sessions: is not set (a list of sessions, or --from and a key in " + complianceKey + ", would be right)")
	}
	return reconcile.API{BaseURL: r.api, Key: key}.List(ctx, r.set.From, r.set.To)
}
