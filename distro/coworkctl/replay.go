package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/spf13/cobra"

	"github.com/cowork-otel/collector/distro/coworkctl/synthetic"
)

// maxSkippedShown is the number of unreadable lines that are reported one by one.
const maxSkippedShown = 10

// replayFlags are the flags of coworkctl replay.
type replayFlags struct {
	connection connectionFlags
	rate       float64
}

func newReplay(env environment) *cobra.Command {
	var r replayFlags
	cmd := &cobra.Command{
		Use:   "replay FILE ...",
		Short: "Send recorded OTLP/JSON again",
		Long: "Send the lines of files of OTLP/JSON again, in order and with their recorded times, as\n" +
			"the collector's file exporter writes them: logs, metrics and traces. Files may be\n" +
			"gzip-compressed; - is the standard input. Lines that cannot be read are skipped and\n" +
			"counted. The exit status is 1 if a line was skipped, or anything failed or was rejected.",
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, files []string) error { return r.sendRecording(cmd.Context(), env, files) },
	}
	r.connection.register(cmd.Flags())
	cmd.Flags().Float64Var(&r.rate, "rate", 0, "log records, data points and spans per second; 0 is unlimited")
	return cmd
}

func (r *replayFlags) sendRecording(ctx context.Context, env environment, files []string) error {
	switch {
	case len(files) == 0:
		return errors.New("no file (the default configuration writes data/logs.json)")
	case r.rate < 0:
		return fmt.Errorf("--rate: must not be negative, is %v", r.rate)
	}
	client, err := r.connection.newClient()
	if err != nil {
		return err
	}
	defer client.Close()
	s := newSender(client, env.now, 1, r.rate)
	s.weight = func(b synthetic.Batch) int {
		return b.Logs.LogRecordCount() + b.Metrics.DataPointCount() + b.Traces.SpanCount()
	}
	reading := recording{env: env, files: files}
	err = s.sendAll(ctx, reading.batches())
	fmt.Fprintf(env.stdout, "lines=%d skipped=%d %s\n", reading.lines, reading.skipped, s.summary())
	switch {
	case err != nil:
		return errors.Join(err, reading.err)
	case reading.err != nil:
		return reading.err
	case reading.skipped > 0 || s.sent.rejected > 0:
		return errReported
	}
	return nil
}

// A recording reads the batches in recorded files and counts the lines.
type recording struct {
	env            environment
	files          []string
	lines, skipped int
	err            error // the error that ended reading
}

// batches yields the batches of all files in order.
func (r *recording) batches() iter.Seq[synthetic.Batch] {
	return func(yield func(synthetic.Batch) bool) {
		for _, file := range r.files {
			if err := r.readFile(file, yield); err != nil {
				if !errors.Is(err, errStopped) {
					r.err = err
				}
				return
			}
		}
	}
}

// errStopped ends reading when no more batches are wanted.
var errStopped = errors.New("stopped")

// readFile yields the batches of one file. Its errors name the file and never its
// content.
func (r *recording) readFile(file string, yield func(synthetic.Batch) bool) error {
	in, err := openInput(r.env, file)
	if err != nil {
		return err
	}
	defer in.Close()
	plain, err := decompressed(in)
	if err != nil {
		return readError("replay", file, err)
	}
	lines := newValueReader(plain, maxReplayLine, true)
	for {
		line, err := lines.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return readError("replay", file, err)
		case line.length == 0:
			continue
		}
		r.lines++
		batch, err := parseBatch(line)
		if err != nil {
			r.skip(file, line.line, err)
			continue
		}
		if !yield(batch) {
			return errStopped
		}
	}
}

// skip counts a line that cannot be sent and reports the first few.
func (r *recording) skip(file string, line int, reason error) {
	r.skipped++
	if r.skipped <= maxSkippedShown {
		fmt.Fprintf(r.env.stderr, "replay: %s:%d: skipped: %v\n", file, line, reason)
	}
	if r.skipped == maxSkippedShown {
		fmt.Fprintln(r.env.stderr, "replay: further skipped lines are only counted")
	}
}
