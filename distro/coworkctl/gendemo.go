package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/spf13/cobra"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

// demoFlags are the flags of coworkctl gen demo.
type demoFlags struct {
	connection connectionFlags
	generator  generatorFlags
	days       int
	workers    int
	live       bool
	roster     string
}

func newGenDemo(env environment) *cobra.Command {
	var d demoFlags
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Send 30 days of a team with incidents, ending now",
		Long: "Send the last 30 days of a team, with incidents to find on the page: an overloaded API,\n" +
			"a failing connector, a connector that gets secrets, a user without confirmation, a new plugin,\n" +
			"a client rollout and a task that is scheduled twice.",
		RunE: func(cmd *cobra.Command, _ []string) error { return d.sendDemo(cmd.Context(), env) },
	}
	flags := cmd.Flags()
	d.connection.register(flags)
	flags.IntVar(&d.days, "days", 30, "days before now")
	flags.IntVar(&d.workers, "workers", 4, "concurrent requests; those of one session are sent one after the other")
	flags.BoolVar(&d.live, "live", false, "then keep sending new events as time passes, until interrupted")
	flags.StringVar(&d.roster, "roster", "", "write the people to this `file`, as the CSV of cowork_roster, and send nothing")
	d.generator.registerSeats(flags, 30)
	d.generator.register(flags)
	return cmd
}

func (d *demoFlags) sendDemo(ctx context.Context, env environment) error {
	if d.days < 1 || d.workers < 1 {
		return errors.New("--days, --workers: must be at least 1")
	}
	if err := d.resolveDays(env.now()); err != nil {
		return err
	}
	f, err := synthetic.New(d.generator.settings)
	if err != nil {
		return err
	}
	if d.roster != "" {
		return writeRoster(d.roster, f.People())
	}
	client, err := d.connection.newClient()
	if err != nil {
		return err
	}
	defer client.Close()
	next, stop := iter.Pull(f.Batches())
	defer stop()
	past := newSender(client, env.now, d.workers, 0)
	upcoming, err := sendPast(ctx, past, next, d.generator.settings.Present)
	fmt.Fprintf(env.stdout, "%d days of %d people: %s\n", d.days, d.generator.settings.Seats, past.summary())
	if err != nil || !d.live {
		return err
	}
	fmt.Fprintln(env.stdout, "sending new events as they happen (Ctrl-C ends this)")
	err = newSender(client, env.now, d.workers, 0).sendAll(ctx, inRealTime(ctx, upcoming, next, env.now))
	if errors.Is(err, context.Canceled) { // the expected end
		return nil
	}
	return err
}

// resolveDays completes the generator's settings. The last day is today until
// now. The first day starts at midnight, so that a page of as many days shows all
// of it.
func (d *demoFlags) resolveDays(now time.Time) error {
	span := time.Duration(d.days) * 24 * time.Hour
	if err := d.generator.resolve(now, span); err != nil {
		return err
	}
	set := &d.generator.settings
	set.Present = set.Start.Add(span)
	if d.generator.start == "now" {
		set.Start = set.Start.AddDate(0, 0, 1).UTC().Truncate(24 * time.Hour)
	}
	return nil
}

// sendPast sends the batches up to the present, many of them in one request. It
// returns the first batch after the present.
func sendPast(ctx context.Context, s *sender, next func() (synthetic.Batch, bool), present time.Time) (upcoming synthetic.Batch, err error) {
	past := func(yield func(synthetic.Batch) bool) {
		for {
			b, ok := next()
			if upcoming = b; !ok || b.Time.After(present) || !yield(b) {
				return
			}
		}
	}
	err = s.sendAll(ctx, mergeBatches(past, s.workers))
	return upcoming, err
}

// inRealTime yields a batch and its successors, each when the clock reaches its
// time.
func inRealTime(ctx context.Context, b synthetic.Batch, next func() (synthetic.Batch, bool), now func() time.Time) iter.Seq[synthetic.Batch] {
	return func(yield func(synthetic.Batch) bool) {
		for ok := true; ok; b, ok = next() {
			select {
			case <-time.After(b.Time.Sub(now())):
			case <-ctx.Done():
				return
			}
			if !yield(b) {
				return
			}
		}
	}
}
