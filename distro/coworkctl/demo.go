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

func newDemo(around surroundings) *cobra.Command {
	var (
		to      connection
		tell    story
		days    int
		workers int
		live    bool
	)
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Send a month of a team in which things happen, up to now",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if days < 1 || workers < 1 {
				return errors.New("--days, --workers: must be at least 1")
			}
			if err := month(&tell, days, around.now()); err != nil {
				return err
			}
			f, err := synthetic.New(tell.settings)
			if err != nil {
				return err
			}
			client, err := to.client()
			if err != nil {
				return err
			}
			defer client.Close()
			next, stop := iter.Pull(f.Batches())
			defer stop()
			past := newSender(client, around.now, workers, 0)
			ahead, err := fill(cmd.Context(), past, next, tell.settings.Present)
			fmt.Fprintf(around.out, "%d days of %d people: %s\n", days, tell.settings.Seats, past.summary())
			if err != nil || !live {
				return err
			}
			fmt.Fprintln(around.out, "and now what comes, until it is interrupted")
			err = newSender(client, around.now, workers, 0).send(cmd.Context(), paced(cmd.Context(), ahead, next, around.now))
			if errors.Is(err, context.Canceled) { // as it was told to
				return nil
			}
			return err
		},
	}
	to.register(cmd.Flags())
	cmd.Flags().IntVar(&days, "days", 30, "how many days the story has before now")
	cmd.Flags().IntVar(&workers, "workers", 4, "how many requests are under way at once; those of one session never are")
	cmd.Flags().BoolVar(&live, "live", false, "go on when the past is told, as time passes, until interrupted")
	tell.registerSeats(cmd.Flags(), 30)
	tell.register(cmd.Flags())
	return cmd
}

// month resolves a story of so many days. The last is today, as far as it has gone, and
// the first is whole, so that a page of as many days shows all of it.
func month(tell *story, days int, now time.Time) error {
	span := time.Duration(days) * 24 * time.Hour
	if err := tell.resolve(now, span); err != nil {
		return err
	}
	set := &tell.settings
	set.Present = set.Start.Add(span)
	if tell.start == "now" {
		set.Start = set.Start.AddDate(0, 0, 1).UTC().Truncate(24 * time.Hour)
	}
	return nil
}

// fill sends what was sent until the present, many batches in one request. It returns
// the first batch that is still to come.
func fill(ctx context.Context, s *sender, next func() (synthetic.Batch, bool), present time.Time) (ahead synthetic.Batch, err error) {
	past := func(yield func(synthetic.Batch) bool) {
		for {
			b, ok := next()
			if ahead = b; !ok || b.Time.After(present) || !yield(b) {
				return
			}
		}
	}
	err = s.send(ctx, gathered(past, s.workers))
	return ahead, err
}

// paced yields a batch and those after it when their time has come.
func paced(ctx context.Context, b synthetic.Batch, next func() (synthetic.Batch, bool), now func() time.Time) iter.Seq[synthetic.Batch] {
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
