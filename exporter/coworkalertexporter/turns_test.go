package coworkalertexporter

import (
	"fmt"
	"maps"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component/componenttest"
)

// TestClockPutBack checks that an alert ends, and is said until then, where the clock was
// a day ahead when it began.
func TestClockPutBack(t *testing.T) {
	b := testBook(func(cfg *Config) { cfg.MinimumFiring = 0 })
	ahead := noon.Add(24 * time.Hour)
	require.True(t, b.note("a", at("a", 24*60, firing), ahead, false))
	require.Equal(t, []string{"a firing"}, say(b, ahead))
	b.expire(noon)
	require.Equal(t, []string{"a firing"}, say(b, noon.Add(time.Minute)), "it would expire else")
	require.True(t, b.note("a", at("a", 2, resolved), noon.Add(2*time.Minute), false))
	require.Equal(t, []string{"a resolved"}, say(b, noon.Add(2*time.Minute)))
}

// fired is when an alert of the tests below began.
func fired(at time.Time) attributes {
	return attributes{"alert.starts_at": at.Format(time.RFC3339Nano)}
}

// TestAgainAtOnce has a group that is forgotten to make room, and comes again, in one
// batch and at one time: the last record is the one that counts.
func TestAgainAtOnce(t *testing.T) {
	p := newPeer(t)
	r := start(t, componenttest.NewNopHost(), func(cfg *Config) { cfg.Client.Endpoint = p.URL })
	r.send(t, recordsOf(t, noon, fired(noon)))
	over := maps.Clone(resolvedRecord)
	maps.Copy(over, fired(noon))
	later := noon.Add(time.Minute)
	r.send(t, recordsOf(t, later, over, fired(later)))
	r.send(t, recordsOf(t, later.Add(time.Second), attributes{"alert.name": "last"}))
	eventually(t, func() bool { return len(p.told()) > 0 && p.told()[len(p.told())-1] == "last firing" }, "all are sent")
	require.NotContains(t, p.told(), "api_error resolved")
	require.Zero(t, r.counter("exporter_cowork_alert_stale"))
}

// TestOtherLabels checks that an alert that comes under other labels, because a rule's
// severity or what is a label was changed, is not there twice.
func TestOtherLabels(t *testing.T) {
	p := newPeer(t)
	r := start(t, componenttest.NewNopHost(), func(cfg *Config) { cfg.Client.Endpoint = p.URL })
	r.send(t, recordsOf(t, noon, attributes{"alert.severity": "warning"}))
	r.send(t, recordsOf(t, noon.Add(time.Minute), attributes{"alert.severity": "critical"}))
	eventually(t, func() bool { return p.statusOf("warning") == resolved && p.statusOf("critical") == firing }, "the old one ends")
	r.send(t, recordsOf(t, noon.Add(2*time.Minute), attributes{"alert.severity": "info", "alert.status": resolved}))
	eventually(t, func() bool { return p.statusOf("critical") == resolved }, "an end is that of all")
	require.Empty(t, p.statusOf("info"))
}

// statusOf returns what was said last of the alert of a severity, "" if nothing was.
func (p *peer) statusOf(severity string) (status string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, n := range p.got {
		if n.Labels[severityLabel] != severity {
			continue
		}
		status = firing
		if !n.EndsAt.After(time.Now()) {
			status = resolved
		}
	}
	return status
}

// TestRedirect checks that an Alertmanager that moved has not heard an alert: to a
// request that was redirected, and became a GET, it answers 200 all the same.
func TestRedirect(t *testing.T) {
	moved := newPeer(t)
	old := newPeer(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, moved.URL+"/api/v2/status", http.StatusMovedPermanently)
	})
	moved.plan = []http.HandlerFunc{func(http.ResponseWriter, *http.Request) {}}
	r := start(t, componenttest.NewNopHost(), func(cfg *Config) { cfg.Client.Endpoint = old.URL })
	r.send(t, recordsOf(t, noon, nil))
	eventually(t, func() bool { return len(old.told()) == 1 }, "it is said again")
	require.Zero(t, moved.called())
}

// TestManyAndSlow checks that a batch which takes longer than one try may is said to its
// end, each alert of it once, and that others follow.
func TestManyAndSlow(t *testing.T) {
	var p *peer
	slow := func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(300 * time.Millisecond)
		p.accept(w, r)
	}
	p = newPeer(t, slow, slow, slow, slow, slow, slow, slow, slow, slow, slow)
	r := start(t, componenttest.NewNopHost(), func(cfg *Config) {
		cfg.Client.Endpoint = p.URL
		cfg.Client.Timeout = time.Second
	})
	var records []attributes
	for i := range 6 * maxBatch {
		records = append(records, attributes{"alert.name": fmt.Sprintf("rule%d", i)})
	}
	r.send(t, recordsOf(t, noon, records...))
	r.send(t, recordsOf(t, noon, attributes{"alert.name": "last"}))
	eventually(t, func() bool { return len(p.told()) == 6*maxBatch+1 }, "all are said")
	require.Less(t, p.called(), 11, "no try begins anew")
}
