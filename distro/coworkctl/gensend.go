package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

func newGenSend(env environment) *cobra.Command {
	var (
		connection connectionFlags
		generator  generatorFlags
		amount     amountFlags
		workers    int
	)
	cmd := &cobra.Command{
		Use:   "send",
		Short: "Send the sessions of many users: a demonstration, a load test or history",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if workers < 1 {
				return fmt.Errorf("--workers: must be at least 1, is %d", workers)
			}
			if err := amount.resolve(&generator, env.now()); err != nil {
				return err
			}
			f, err := synthetic.New(generator.settings)
			if err != nil {
				return err
			}
			client, err := connection.newClient()
			if err != nil {
				return err
			}
			defer client.Close()
			s := newSender(client, env.now, workers, amount.rate)
			ctx, cancel := cmd.Context(), context.CancelFunc(func() {})
			if amount.duration > 0 {
				ctx, cancel = context.WithTimeout(ctx, amount.duration)
			}
			defer cancel()
			err = s.sendAll(ctx, f.Batches())
			fmt.Fprintln(env.stdout, s.summary())
			return err
		},
	}
	connection.register(cmd.Flags())
	amount.register(cmd)
	amount.registerPace(cmd)
	cmd.Flags().IntVar(&workers, "workers", 4, "concurrent requests; those of one session are sent one after the other")
	generator.registerSeats(cmd.Flags(), 20)
	generator.register(cmd.Flags())
	return cmd
}
