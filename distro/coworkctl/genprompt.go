package main

import (
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

func newGenPrompt(env environment) *cobra.Command {
	var (
		connection connectionFlags
		generator  generatorFlags
	)
	cmd := &cobra.Command{
		Use:   "prompt",
		Short: "Send all events of one prompt and print its prompt.id",
		RunE: func(cmd *cobra.Command, _ []string) error {
			batches, err := generatePrompt(&generator, env.now())
			if err != nil {
				return err
			}
			client, err := connection.newClient()
			if err != nil {
				return err
			}
			defer client.Close()
			s := newSender(client, env.now, 1, 0)
			if err := s.sendAll(cmd.Context(), slices.Values(batches)); err != nil {
				return err
			}
			var sum synthetic.Tally
			for _, b := range batches {
				sum.Add(b.Logs)
			}
			for id := range sum.Prompts {
				fmt.Fprintln(env.stdout, id)
			}
			fmt.Fprintln(env.stderr, s.summary())
			return nil
		},
	}
	connection.register(cmd.Flags())
	generator.register(cmd.Flags())
	return cmd
}

// generatePrompt returns the batches of one prompt. A prompt that has to end now
// must begin earlier by its own duration, which is only known once it is
// generated: the start is moved back until the prompt ends before now.
func generatePrompt(generator *generatorFlags, now time.Time) ([]synthetic.Batch, error) {
	set := &generator.settings
	set.Seats, set.Prompts, set.Every = 1, 1, time.Minute
	for ago := time.Minute; ; ago *= 2 {
		if err := generator.resolve(now, ago); err != nil {
			return nil, err
		}
		f, err := synthetic.New(*set)
		if err != nil {
			return nil, err
		}
		batches := slices.Collect(f.Batches())
		if generator.start != "now" || !lastLogExport(batches).After(now) {
			return batches, nil
		}
	}
}

// lastLogExport returns the time of the last batch with log records. Metrics may
// be exported a minute later.
func lastLogExport(batches []synthetic.Batch) time.Time {
	var last time.Time
	for _, b := range batches {
		if b.Logs.LogRecordCount() > 0 {
			last = b.Time
		}
	}
	return last
}
