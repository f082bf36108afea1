package main

import (
	"bufio"
	"io"

	"github.com/spf13/cobra"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
	"go.opentelemetry.io/collector/pdata/pmetric/pmetricotlp"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

func newGenPrint(env environment) *cobra.Command {
	var (
		generator generatorFlags
		amount    amountFlags
	)
	cmd := &cobra.Command{
		Use:   "print",
		Short: "Write the requests as OTLP/JSON, one per line, instead of sending them",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := amount.resolve(&generator, env.now()); err != nil {
				return err
			}
			f, err := synthetic.New(generator.settings)
			if err != nil {
				return err
			}
			out := bufio.NewWriter(env.stdout)
			for b := range f.Batches() {
				if cmd.Context().Err() != nil {
					break
				}
				if err := printBatch(out, b); err != nil {
					return err
				}
			}
			return out.Flush()
		},
	}
	amount.register(cmd)
	generator.registerSeats(cmd.Flags(), 20)
	generator.register(cmd.Flags())
	return cmd
}

// printBatch writes each request of a batch.
func printBatch(out io.Writer, b synthetic.Batch) error {
	var requests []interface{ MarshalJSON() ([]byte, error) }
	if b.Logs.LogRecordCount() > 0 {
		requests = append(requests, plogotlp.NewExportRequestFromLogs(b.Logs))
	}
	if b.Metrics.DataPointCount() > 0 {
		requests = append(requests, pmetricotlp.NewExportRequestFromMetrics(b.Metrics))
	}
	if b.Traces.SpanCount() > 0 {
		requests = append(requests, ptraceotlp.NewExportRequestFromTraces(b.Traces))
	}
	for _, r := range requests {
		line, err := r.MarshalJSON()
		if err != nil {
			return err
		}
		if _, err := out.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	return nil
}
