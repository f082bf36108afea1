package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

func newSend(around surroundings) *cobra.Command {
	var (
		to      connection
		tell    story
		much    length
		workers int
	)
	cmd := &cobra.Command{
		Use:   "send",
		Short: "Send the sessions of a fleet",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if workers < 1 {
				return fmt.Errorf("--workers: must be at least 1, is %d", workers)
			}
			if err := much.resolve(&tell, around.now()); err != nil {
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
			s := newSender(client, around.now, workers, much.rate)
			ctx, cancel := cmd.Context(), context.CancelFunc(func() {})
			if much.duration > 0 {
				ctx, cancel = context.WithTimeout(ctx, much.duration)
			}
			defer cancel()
			err = s.send(ctx, f.Batches())
			fmt.Fprintln(around.out, s.summary())
			return err
		},
	}
	to.register(cmd.Flags())
	much.register(cmd)
	much.registerPace(cmd)
	cmd.Flags().IntVar(&workers, "workers", 4, "how many requests are under way at once; those of one session never are")
	tell.registerSeats(cmd.Flags(), 20)
	tell.register(cmd.Flags())
	return cmd
}
