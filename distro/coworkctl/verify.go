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
	"github.com/cowork-otel/collector/internal/cowork"
)

func newVerify(env environment) *cobra.Command {
	var (
		connection   connectionFlags
		seed         uint64
		organization string
	)
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Send one event of each core kind and report which were received",
		Long: "Send one event of each of the five core kinds, each in its own request, and report\n" +
			"which of them the endpoint accepted. The events carry the resource attribute\n" +
			synthetic.VerifyAttribute + "=true, no person and no cost. The exit status is 1 if one was not received.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			client, err := connection.newClient()
			if err != nil {
				return err
			}
			defer client.Close()
			if !cmd.Flags().Changed("seed") {
				seed = env.random()
			}
			probes := synthetic.Probes(seed, env.now())
			if organization != "" {
				setOrganization(probes, organization)
			}
			results, err := sendProbes(cmd.Context(), client, probes, env.now)
			if err != nil {
				return err
			}
			fmt.Fprintf(env.stdout, "endpoint %s, %s\n\n", client.Endpoint(), connection.settings.Protocol)
			if writeResults(env.stdout, results) {
				return nil
			}
			return errReported
		},
	}
	connection.register(cmd.Flags())
	cmd.Flags().StringVar(&organization, "organization", "", "organization.id of the events, for a token that is bound to it; random if not set")
	cmd.Flags().Uint64Var(&seed, "seed", 0, "selects the ids, for a repeatable run; random if not set")
	return cmd
}

// setOrganization writes the organization of the events.
func setOrganization(probes []synthetic.Probe, organization string) {
	for _, p := range probes {
		for e := range cowork.Events(p.Logs) {
			e.Record().Attributes().PutStr(cowork.OrganizationAttribute, organization)
		}
	}
}

// A probeResult is the outcome of one probe.
type probeResult struct {
	kind     string
	answer   string
	hint     string // what to do; empty if it was received
	duration time.Duration
}

// sendProbes sends the probes one after the other.
func sendProbes(ctx context.Context, client *otlp.Client, probes []synthetic.Probe, now func() time.Time) ([]probeResult, error) {
	var results []probeResult
	for _, p := range probes {
		began := now()
		receipt, err := client.Logs(ctx, p.Logs)
		r := probeResult{kind: p.Kind, answer: receipt.Answer, duration: now().Sub(began)}
		failure, explained := errors.AsType[*otlp.Error](err)
		switch {
		case explained:
			r.answer, r.hint = failure.Answer, failure.Hint
		case err != nil:
			return nil, err
		case receipt.Rejected > 0:
			r.answer += ", rejected"
			r.hint = "the endpoint accepted the request but rejected the event in it: check the collector's log"
		}
		results = append(results, r)
	}
	return results, nil
}

// writeResults writes the results and the hints, and reports whether all probes
// were received.
func writeResults(out io.Writer, results []probeResult) bool {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "kind\t\tanswer\tms")
	var missing []probeResult
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
	var written []string
	for _, r := range missing {
		if !slices.Contains(written, r.hint) {
			written = append(written, r.hint)
			fmt.Fprintf(out, "  %s: %s\n", r.answer, r.hint)
		}
	}
	return false
}
