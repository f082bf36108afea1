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

func newPrint(around surroundings) *cobra.Command {
	var (
		tell story
		much length
	)
	cmd := &cobra.Command{
		Use:   "print",
		Short: "Write the requests as OTLP/JSON, one a line, instead of sending them",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := much.resolve(&tell, around.now()); err != nil {
				return err
			}
			f, err := synthetic.New(tell.settings)
			if err != nil {
				return err
			}
			out := bufio.NewWriter(around.out)
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
	much.register(cmd)
	tell.registerSeats(cmd.Flags(), 20)
	tell.register(cmd.Flags())
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
