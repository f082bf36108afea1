// Command coworkctl sends believable Cowork telemetry to an OTLP endpoint, verifies
// that a set-up receives what it should, and shows what it received.
//
//   - send sends the sessions of a whole fleet: a demonstration, load, or days of
//     history.
//   - demo sends a month of a team in which things happen, up to now.
//   - prompt sends everything that one prompt sets off, and prints its prompt.id.
//   - verify sends one event of each of the five core kinds and says which of them
//     arrived.
//   - print writes OTLP/JSON instead of sending it.
//   - show reads what the collector wrote, and says what each prompt did.
//   - alerts says which alerts a set of rules would have told of it.
//
// The same seed and the same start give the same telemetry, byte for byte. Nobody
// in it is real: see the package fleet. README.md beside this file has every flag.
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
	// Package net/http tells this logger about answers that it cannot read, and
	// quotes them. Nothing else writes to it.
	log.SetOutput(io.Discard)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	status := run(ctx, surroundings{os.Stdout, os.Stderr, time.Now, rand.Uint64}, os.Args[1:])
	stop()
	os.Exit(status)
}

// surroundings are what a command takes from the world: where it writes, what
// time it is, and chance.
type surroundings struct {
	out, err io.Writer
	now      func() time.Time
	random   func() uint64
}
