package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"github.com/spf13/cobra"
)

func newDrain(env environment) *cobra.Command {
	var (
		address       string
		quiet, within time.Duration
	)
	cmd := &cobra.Command{
		Use:   "drain",
		Short: "Wait until the queues of a collector are empty",
		Long: "Read the collector's own metrics until the queues of all exporters have been empty for\n" +
			"some seconds. Run it before you stop a collector whose disk is deleted with it, such as\n" +
			"in a preStop hook. The exit status is 1 if telemetry still waits after the time limit.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, cancel := context.WithTimeout(cmd.Context(), within)
			defer cancel()
			d := drain{out: env.stdout, quiet: quiet, every: time.Second, waiting: func(ctx context.Context) (int64, error) { return readWaiting(ctx, address) }}
			return d.wait(ctx)
		},
	}
	f := cmd.Flags()
	f.StringVar(&address, "endpoint", "http://localhost:8888/metrics", "address of the collector's own metrics")
	f.DurationVar(&quiet, "quiet", 5*time.Second, "how long the queues must be empty")
	f.DurationVar(&within, "within", 5*time.Minute, "how long to wait at most")
	return cmd
}

// A drain waits for empty queues.
type drain struct {
	out          io.Writer
	quiet, every time.Duration
	waiting      func(context.Context) (int64, error) // the sum of all queues
}

// wait returns when the queues have been empty for the quiet time, or with an error when
// the context ends. A collector that does not answer may still be busy, so it is read again.
func (d drain) wait(ctx context.Context) error {
	var since time.Time // when the queues became empty
	printed := int64(-1)
	for {
		waiting, err := d.waiting(ctx)
		switch {
		case err != nil || waiting > 0:
			since = time.Time{}
		case since.IsZero():
			since = time.Now()
		}
		if err == nil && waiting != printed {
			fmt.Fprintf(d.out, "%d wait\n", waiting)
			printed = waiting
		}
		if !since.IsZero() && time.Since(since) >= d.quiet {
			fmt.Fprintln(d.out, "all queues are empty")
			return nil
		}
		select {
		case <-ctx.Done():
			if err != nil {
				return fmt.Errorf("--endpoint: %w", err)
			}
			return errors.New("the time is over, and telemetry waits (the queue on disk has it: start the collector with the same data)")
		case <-time.After(d.every):
		}
	}
}

// queueSize matches the series of a queue, in the unit of its sizer.
var queueSize = regexp.MustCompile(`^otelcol_exporter_queue_size(?:\{.*\})? ([0-9.e+]+)$`)

// readWaiting reads the metrics of a collector, and returns the sum of its queues.
func readWaiting(ctx context.Context, address string) (int64, error) {
	res, err := getWithin(ctx, address, 5*time.Second)
	if err != nil {
		return 0, errors.New("the collector does not answer (service::telemetry::metrics has the address of its metrics)")
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("status %d (want 200)", res.StatusCode)
	}
	sum, lines := int64(0), bufio.NewScanner(io.LimitReader(res.Body, 16<<20))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if found := queueSize.FindSubmatch(lines.Bytes()); found != nil {
			size, err := strconv.ParseFloat(string(found[1]), 64)
			if err != nil {
				return 0, errors.New("a size of a queue is no number")
			}
			sum += int64(size)
		}
	}
	if err := lines.Err(); err != nil {
		return 0, errors.New("the answer ended early")
	}
	return sum, nil
}
