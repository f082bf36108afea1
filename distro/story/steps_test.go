package story

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The steps of a story are its files whose names begin with "in": what comes in,
// in the order of the archive. A name can say what happens before.
const (
	step  = "in"
	again = "in again"
	after = "in after " // a duration, or one of events
)

// events are what can happen between two steps besides time.
var events = map[string]func(*testing.T, *pipeline) *pipeline{
	"restart": restart,
	"kill":    kill,
}

// ending is how long after its last step a story ends: long enough for a prompt to
// be closed that is silent.
const ending = 6 * time.Minute

func isStep(name string) bool {
	return name == step || name == again || strings.HasPrefix(name, after)
}

// before lets happen what a step's name says, and returns the collector that then
// runs.
func before(t *testing.T, p *pipeline, name string) *pipeline {
	t.Helper()
	what, ok := strings.CutPrefix(name, after)
	if !ok {
		return p
	}
	if event := events[what]; event != nil {
		return event(t, p)
	}
	pause, err := time.ParseDuration(what)
	require.NoError(t, err, "%s: neither a duration nor a restart or kill", name)
	time.Sleep(pause)
	return p
}

// restart stops the collector and starts another.
func restart(t *testing.T, p *pipeline) *pipeline {
	t.Helper()
	p.stop(t)
	return p.tale.start(t)
}

// kill lets a collector run for a while and then has another find what it had stored
// by then. What it does when it ends is seen by nobody.
func kill(t *testing.T, p *pipeline) *pipeline {
	t.Helper()
	time.Sleep(2 * time.Second)
	p.dead.Store(true)
	p.tale.storage = p.tale.storage.Copy()
	p.stop(t)
	return p.tale.start(t)
}
