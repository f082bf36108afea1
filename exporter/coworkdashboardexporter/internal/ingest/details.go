package ingest

import (
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/details"
	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/metric"
)

// A detail is what is stored of an event besides sums.
type detail struct {
	details.Detail
	plugin, enabledVia nameRef // of an event that names a plugin
	sources            []source
}

// A source is what an event shows that its user has.
type source struct {
	what                      string
	name, origin, marketplace nameRef
}

// refs iterates over the names of the detail.
func (d *detail) refs() iter.Seq[nameRef] {
	return func(yield func(nameRef) bool) {
		if !yield(d.plugin) || !yield(d.enabledVia) {
			return
		}
		for _, s := range d.sources {
			if !yield(s.name) || !yield(s.origin) || !yield(s.marketplace) {
				return
			}
		}
	}
}

// entries returns how many entries the detail counts for in memory.
func (d *detail) entries() int { return d.Entries() }

// detailOf reads the details of an event with a name and a moment.
func (in *intake) detailOf(e cowork.Event, kind string, ev *event) (d detail) {
	d.Detail = details.Of(e, kind, ev.at.ns, details.ContentLimit{Bytes: in.set.MaxContentBytes, Full: in.crowded()})
	if d.Session != "" && kind != "prompt_summary" {
		d.Origin = in.originOf(d.Session, e)
	}
	if in.set.MaxPrompts == 0 {
		d.Prompt = nil
	}
	if d.Plugin {
		d.plugin, d.enabledVia = in.names.ref(pluginKind, e.Dimension("plugin")), in.names.ref(labelKind, e.Dimension("enabled_via"))
	}
	for s := range details.SourcesOf(e, kind) {
		named, _, _ := strings.Cut(s.What, "_") // plugin_version has the name of a plugin
		d.sources = append(d.sources, source{s.What, in.names.ref(kindOfLabel(named), s.Name), in.names.ref(labelKind, s.Origin), in.names.ref(labelKind, s.Marketplace)})
	}
	if d.Alert != nil { // the record names the group of the rule, not a user of its own
		ev.user, ev.org = in.names.ref(userKind, d.Alert.User), in.names.ref(organizationKind, d.Alert.Organization)
	}
	return d
}

// setupCounts are the counts of the setup check of one batch.
type setupCounts struct{ details.Counts }

func (s *setupCounts) empty() bool { return s.Empty() }

// addSetup counts an event for the setup check.
func (in *intake) addSetup(e cowork.Event, _ *cowork.Kind, kind string, m moment) {
	in.setup.Add(&in.batch.setup.Counts, e, kind, m.day(), m.ns)
	in.stats.SetupDropped += in.setup.Dropped
	in.setup.Dropped = 0
}

// trimEvery is how many commits pass between those that delete prompts, sessions and
// alerts beyond the limits. So a table has at most the new rows of these commits in excess.
const trimEvery = 10

// detailWriter returns a writer of details.
func detailWriter(in *Ingest, tx *database.Tx) details.Writer {
	return details.Writer{
		Tx: tx, Several: in.db.Engine() == "PostgreSQL",
		Limits: details.Limits{Prompts: in.set.MaxPrompts, Steps: in.set.MaxSteps, Sessions: in.set.MaxSessions, Alerts: in.set.MaxAlerts, Content: in.set.MaxContentBytes},
	}
}

// The facts whose labels are the tool and the connector of a call, and the connector of a
// failed request.
var callFact, connectorFact, egressFact = factNamed("tool_calls"), factNamed("connector_errors"), factNamed("egress")

func factNamed(name string) int {
	return slices.IndexFunc(metric.Facts(), func(f metric.Fact) bool { return f.Name == name })
}

// detailedEvents returns the new events with their details.
func (c *commit) detailedEvents() []details.Event {
	list := make([]details.Event, len(c.events))
	for i, e := range c.events {
		d := &list[i]
		*d = details.Event{
			Detail: &e.Detail, At: e.at.ns, Day: e.at.day(), User: c.id(e.user), Organization: c.id(e.org),
			PluginName: c.id(e.plugin), EnabledVia: c.id(e.enabledVia), Counted: e.from < e.to,
		}
		for _, s := range e.sources {
			d.Sources = append(d.Sources, details.SourceRow{What: s.what, Name: c.id(s.name), Origin: c.id(s.origin), Marketplace: c.id(s.marketplace), User: d.User, Organization: d.Organization})
		}
		for _, o := range c.observations(e) {
			d.Numbers.Add(int(o.fact), int(o.sum), o.value)
			switch int(o.fact) {
			case callFact:
				d.Tool, d.Connector = c.id(nameRef(o.labels[0])), c.id(nameRef(o.labels[1]))
			case connectorFact:
				d.Connector = c.id(nameRef(o.labels[0]))
			case egressFact: // host, tool, verdict
				d.Sources = append(d.Sources, details.SourceRow{
					What: "host", Name: c.id(nameRef(o.labels[0])), Origin: c.id(nameRef(o.labels[2])), User: d.User, Organization: d.Organization,
				})
			}
		}
	}
	return list
}

// writeSessions writes the sessions of the new events, and counts those that are new,
// before sums are written.
func (c *commit) writeSessions(ctx context.Context, tx *database.Tx) error {
	c.detailed = c.detailedEvents()
	w := detailWriter(c.in, tx)
	begun, err := w.WriteSessions(ctx, c.detailed)
	for _, i := range begun {
		c.countSession(c.events[i])
	}
	c.stats.addDropped(&w.Dropped)
	return err
}

// writeDetails writes the details of the new events and the setup counts.
func (c *commit) writeDetails(ctx context.Context, tx *database.Tx) error {
	w := detailWriter(c.in, tx)
	w.Trim = c.batch.number%trimEvery == 0 || c.in.surplus
	err := w.Write(ctx, c.detailed, &c.batch.setup.Counts)
	c.surplus = w.More
	c.stats.addDropped(&w.Dropped)
	c.stats.Contents = w.Contents
	return err
}

func (s *Stats) addDropped(d *details.Dropped) {
	s.PromptsDropped += d.Prompts
	s.StepsDropped += d.Steps
	s.ToolsDropped += d.Tools
	s.SessionsDropped += d.Sessions
	s.AlertsDropped += d.Alerts
	s.Deleted += d.Old
}

// sweepDetails deletes details beyond the retention and the limits, at most a bounded
// number of rows, and reports whether there may be more.
func sweepDetails(ctx context.Context, in *Ingest, tx *database.Tx, now time.Time) (more bool, dropped Stats, err error) {
	now = now.In(in.set.Zone)
	w := detailWriter(in, tx)
	more, err = w.Sweep(ctx, details.Retention{
		Sessions: now.Add(-in.set.Sessions),
		Days:     now.Add(-in.set.Days - 24*time.Hour), // keeps a day that is partly within the retention
		Setup:    now.AddDate(0, 0, -details.SetupDays-1),
	})
	dropped.addDropped(&w.Dropped)
	return more, dropped, err
}
