package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/cowork-otel/collector/distro/coworkctl/otlp"
	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

func newVerify(around surroundings) *cobra.Command {
	var (
		to   connection
		seed uint64
	)
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Send one event of each core kind and say which of them was received",
		Long: "Send one event of each of the five core kinds, each in a request of its own, and say\n" +
			"which of them the endpoint took. The events are marked by the resource attribute\n" +
			synthetic.VerifyAttribute + "=true, name nobody and cost nothing. Exits with 1 when one was not received.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			client, err := to.client()
			if err != nil {
				return err
			}
			defer client.Close()
			if !cmd.Flags().Changed("seed") {
				seed = around.random()
			}
			probes := synthetic.Probes(seed, around.now())
			results, err := verify(cmd.Context(), client, probes, around.now)
			if err != nil {
				return err
			}
			fmt.Fprintf(around.out, "endpoint %s, %s\n\n", client.Endpoint(), to.settings.Protocol)
			if tabulate(around.out, results) {
				return nil
			}
			return errTold
		},
	}
	to.register(cmd.Flags())
	cmd.Flags().Uint64Var(&seed, "seed", 0, "decides the ids, for a run that can be repeated; without it they are random")
	return cmd
}

// A result is what came of one probe.
type result struct {
	kind     string
	answer   string
	hint     string // what to do; empty when it arrived
	duration time.Duration
}

// verify sends the probes one after the other.
func verify(ctx context.Context, client *otlp.Client, probes []synthetic.Probe, now func() time.Time) ([]result, error) {
	var results []result
	for _, p := range probes {
		began := now()
		got, err := client.Logs(ctx, p.Logs)
		r := result{kind: p.Kind, answer: got.Answer, duration: now().Sub(began)}
		trouble, told := errors.AsType[*otlp.Error](err)
		switch {
		case told:
			r.answer, r.hint = trouble.Answer, trouble.Hint
		case err != nil:
			return nil, err
		case got.Rejected > 0:
			r.answer += ", rejected"
			r.hint = "the endpoint took the request and not the event in it: look into the collector's log"
		}
		results = append(results, r)
	}
	return results, nil
}

// tabulate writes the results, then what to do, and reports whether all arrived.
func tabulate(out io.Writer, results []result) bool {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "kind\t\tanswer\tms")
	var missing []result
	for _, r := range results {
		received := "received"
		if r.hint != "" {
			received = "not received"
			missing = append(missing, r)
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\n", r.kind, received, r.answer, r.duration.Milliseconds())
	}
	if err := table.Flush(); err != nil {
		return false
	}
	if len(missing) == 0 {
		fmt.Fprintf(out, "\nall %d were received; in the collector's output they carry %s=true\n", len(results), synthetic.VerifyAttribute)
		return true
	}
	fmt.Fprintf(out, "\n%d of %d were not received; what to do:\n", len(missing), len(results))
	var said []string
	for _, r := range missing {
		if !slices.Contains(said, r.hint) {
			said = append(said, r.hint)
			fmt.Fprintf(out, "  %s: %s\n", r.answer, r.hint)
		}
	}
	return false
}
