package story

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/client"
	"go.opentelemetry.io/collector/confmap"
	"golang.org/x/tools/txtar"

	"github.com/cowork-otel/collector/internal/tenant"
)

// The steps of a story are its files whose names begin with "in": the input, in the
// order of the archive. A name can describe what happens before the step.
const (
	step  = "in"
	again = "in again"
	// refused is a step of which an exporter refuses the batch: its sender repeats it.
	refused = "in refused"
	after   = "in after " // a duration, or one of events

	spansStep = "in spans" // spans of a client, instead of events
	withToken = "in with " // a token of tokensSection
)

// events are the incidents that a step's name can request.
var events = map[string]func(*testing.T, *pipeline) *pipeline{
	"restart": restart,
	"kill":    kill,
}

// ending is how long a story runs after its last step: long enough to close an idle
// prompt.
const ending = 6 * time.Minute

func isStep(name string) bool {
	return name == step || name == again || name == refused || name == spansStep || strings.HasPrefix(name, after) || strings.HasPrefix(name, withToken)
}

// prepareStep performs the wait, restart or kill that a step's name requests, and
// returns the collector that runs afterwards.
func prepareStep(t *testing.T, p *pipeline, name string) *pipeline {
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

// peopleSection is the list of people that the settings name as $FOLDER/people.csv. A step
// in after <name>.csv replaces it by another section.
const peopleSection = "people.csv"

// tokensSection is the list of tokens, as cowork_tenants has it.
const tokensSection = "tokens.yaml"

// sender returns the context of a step: with a token it has what cowork_tenants adds.
func sender(t *testing.T, archive *txtar.Archive, step string) context.Context {
	t.Helper()
	token, ok := strings.CutPrefix(step, withToken)
	if !ok {
		return t.Context()
	}
	list, err := tenant.Parse(section(archive, tokensSection), nil)
	require.NoError(t, err)
	found, result := list.Find(token, time.Now())
	require.Equal(t, tenant.Accepted, result)
	return client.NewContext(t.Context(), client.Info{Auth: found})
}

func isPeople(name string) bool { return strings.HasSuffix(name, ".csv") }

// writePeople writes the list of people of the settings.
func writePeople(t *testing.T, settings *confmap.Conf, text []byte) {
	t.Helper()
	if path, ok := settings.Get("cowork_roster::file").(string); ok {
		require.NoError(t, os.WriteFile(path, text, 0o600))
	}
}

// restart stops the collector and starts another.
func restart(t *testing.T, p *pipeline) *pipeline {
	t.Helper()
	p.stop(t)
	return p.storyRun.start(t)
}

// kill runs the collector for two more seconds, and starts another with a copy of its
// storage at that time. The output of its shutdown is discarded.
func kill(t *testing.T, p *pipeline) *pipeline {
	t.Helper()
	time.Sleep(2 * time.Second)
	p.dead.Store(true)
	p.storyRun.storage = p.storyRun.storage.Copy()
	p.stop(t)
	return p.storyRun.start(t)
}
