package main

import (
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

func newPrompt(around surroundings) *cobra.Command {
	var (
		to   connection
		tell story
	)
	cmd := &cobra.Command{
		Use:   "prompt",
		Short: "Send everything that one prompt sets off, and print its prompt.id",
		RunE: func(cmd *cobra.Command, _ []string) error {
			batches, err := onePrompt(&tell, around.now())
			if err != nil {
				return err
			}
			client, err := to.client()
			if err != nil {
				return err
			}
			defer client.Close()
			s := newSender(client, around.now, 1, 0)
			if err := s.send(cmd.Context(), slices.Values(batches)); err != nil {
				return err
			}
			var sum synthetic.Tally
			for _, b := range batches {
				sum.Add(b.Logs)
			}
			for id := range sum.Prompts {
				fmt.Fprintln(around.out, id)
			}
			fmt.Fprintln(around.err, s.summary())
			return nil
		},
	}
	to.register(cmd.Flags())
	tell.register(cmd.Flags())
	return cmd
}

// onePrompt returns the batches of one prompt. A prompt that ends now begins as
// long ago as it takes, which is not known before it is told: it is tried with
// more and more time.
func onePrompt(tell *story, now time.Time) ([]synthetic.Batch, error) {
	set := &tell.settings
	set.Seats, set.Prompts, set.Every = 1, 1, time.Minute
	for ago := time.Minute; ; ago *= 2 {
		if err := tell.resolve(now, ago); err != nil {
			return nil, err
		}
		f, err := synthetic.New(*set)
		if err != nil {
			return nil, err
		}
		batches := slices.Collect(f.Batches())
		if tell.start != "now" || !lastLogs(batches).After(now) {
			return batches, nil
		}
	}
}

// lastLogs returns when the last events leave. Metrics may leave a minute later.
func lastLogs(batches []synthetic.Batch) time.Time {
	var last time.Time
	for _, b := range batches {
		if b.Logs.LogRecordCount() > 0 {
			last = b.Time
		}
	}
	return last
}
