// Command coworkctl is the administrator's tool for the telemetry of Claude
// Cowork.
//
//   - verify sends one event of each of the five core kinds and reports which of
//     them the endpoint accepted.
//   - show lists the prompts in recorded files, or the events of one prompt.
//   - alerts evaluates alert rules on recorded events.
//   - redact redacts text and JSON as the collector would, and pseudonyms prints the
//     pseudonyms of names.
//   - replay sends recorded OTLP/JSON again.
//   - report writes a report on a month, from the page of cowork_dashboard.
//   - reconcile compares the sessions of the Compliance API with the telemetry.
//   - audit verifies, holds, exports and erases the records of cowork_audit.
//   - health reports whether a collector is healthy, drain waits until its queues are empty.
//   - token new prints a token of a sender and its entry in the list of tokens.
//   - gen send, gen demo, gen prompt and gen print generate telemetry.
//
// The same seed and the same start generate the same telemetry, byte for byte.
// No person in it is real, see the package synthetic. README.md has every flag.
package main

import (
	"context"
	"io"
	"log"
	"math/rand/v2"
	"os"
	"os/signal"
	"time"
)

func main() {
	// net/http logs responses that it cannot parse, with their content. Nothing
	// else writes to this logger.
	log.SetOutput(io.Discard)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	status := execute(ctx, environment{os.Stdin, os.Stdout, os.Stderr, time.Now, rand.Uint64}, os.Args[1:])
	stop()
	os.Exit(status)
}

// environment holds the streams, the clock and the source of randomness of a
// command.
type environment struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	now            func() time.Time
	random         func() uint64
}
