package changedfile

import (
	"context"
	"fmt"
	"time"

	"go.uber.org/zap"

	"github.com/cowork-otel/collector/internal/problem"
	"github.com/cowork-otel/collector/internal/stateful"
)

// A Watch reads the files of a component at its start, and at an interval what has changed.
// With an error, what was read before stays in use: the error is counted, logged and
// reported as a problem, once as long as it remains. Its methods are not safe for
// concurrent use.
type Watch struct {
	// Component is the name of the component in problems.
	Component string

	// List is what the files have, such as the list of people.
	List string

	Interval time.Duration
	Now      func() time.Time
	Logger   *zap.Logger

	// Read reads the files that have changed, and uses them. The error has no values.
	Read func(context.Context) error

	// Count counts an error.
	Count func(context.Context, error)

	loop     *stateful.Loop
	reported string // the error that was reported last
}

// subject is the name of the files in problems.
const subject = "file"

// Follow reads the files, and starts the loop unless they have errors.
func (w *Watch) Follow(ctx context.Context) error {
	if err := w.Read(ctx); err != nil {
		return fmt.Errorf("file: %w", err)
	}
	w.loop = stateful.NewLoop()
	w.loop.Start(w.Interval, w.reload, w.reload) //nolint:contextcheck // the loop outlives the start
	return nil
}

// Stop ends the loop, if it runs, and the problems of the component.
func (w *Watch) Stop(ctx context.Context) {
	if w.loop != nil {
		w.loop.Stop(ctx)
	}
	problem.SolveAll(w.Component)
}

// Failed reports whether the files have errors since the start. It is for Read.
func (w *Watch) Failed() bool { return w.reported != "" }

func (w *Watch) reload(ctx context.Context) {
	text := ""
	err := w.Read(ctx)
	if err != nil {
		text = err.Error()
	}
	if text == w.reported {
		return
	}
	w.reported = text
	if err == nil {
		problem.Solve(w.Component, subject)
		return
	}
	w.Count(ctx, err)
	w.Logger.Error(w.List+" cannot be used: the one before stays in use", zap.Error(err))
	problem.Report(problem.Problem{
		Component: w.Component, Subject: subject, Text: "cannot be used: " + w.List + " before stays in use", Since: w.Now(),
		Advice: "Correct " + w.List + ". The log of the collector has the errors.",
	})
}
