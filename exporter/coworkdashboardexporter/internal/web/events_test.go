package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web"
)

// fakeEvents are a page of events that records the filters of its readers.
type fakeEvents struct {
	page report.EventPage
	read []report.EventFilter
}

func (f *fakeEvents) Read(filter report.EventFilter) report.EventPage {
	f.read = append(f.read, filter)
	return f.page
}

func (f *fakeEvents) Last() int64 { return f.page.Last }

func newFakeEvents() *fakeEvents {
	f := &fakeEvents{page: report.EventPage{Matching: 250, Kept: 900, Most: 1000, Last: 1700, Oldest: now.Add(-time.Hour), Kinds: []string{"api_request", "tool_result"}, Newer: 7}}
	for i := range 3 {
		f.page.Events = append(f.page.Events, report.Event{
			Sequence: int64(1700 - i), Arrived: now, Time: now, Kind: "tool_result", User: "ada@example.com", Session: "s1", Prompt: "p1",
			Attributes: []report.Detail{{Name: "error", Value: "timeout"}, {Name: "tool_name", Value: "Bash"}, {Name: "success", Value: strconv.FormatBool(i > 0)}},
			Record:     fmt.Appendf(nil, `{"attributes":{"n":%d,"tool_name":"Bash<b>%s"}}`, i, "\u202e"),
		})
	}
	return f
}

func eventPage(t *testing.T, f *fakeEvents) http.Handler {
	t.Helper()
	set := settings(t)
	if f != nil {
		set.Events = f
	}
	return web.New(pagesOf(panels), newFakeSource(), set)
}

// TestEvents shows records with links, and passes on the filter of the address.
func TestEvents(t *testing.T) {
	f := newFakeEvents()
	h := eventPage(t, f)
	body := get(t, h, "/events?kind=tool_result&user=ada&session=s1&prompt=p1&attribute=error~time&limit=50").Body.String()
	require.Equal(t, report.EventFilter{
		Kind: "tool_result", User: "ada", Session: "s1", Prompt: "p1", Limit: 50,
		Attribute: report.AttributeMatch{Key: "error", Value: "time", Contains: true},
	}, f.read[0])
	doc := parse(t, get(t, h, "/events"))
	list := textOf(byID(doc, "events"))
	require.Contains(t, list, "The latest 3 of 250 events. In memory: 900 events since")
	require.Contains(t, list, "tool_result ada@example.com tool_name Bash success false error timeout")
	require.JSONEq(t, `{"attributes": {"n": 0, "tool_name": "Bash<b>�"}}`, textOf(byID(doc, "j-1700")))
	require.NotContains(t, body, "\u202e")
	for _, link := range []string{
		`href="/events?attribute=error~time&amp;kind=tool_result&amp;limit=50&amp;prompt=p1&amp;session=s1&amp;until=1700&amp;user=ada"`,
		`href="/prompts/p1?user=ada"`, `href="/events?limit=50"`, `data-version="1700"`, `data-state="/api/events/state"`, `data-refresh="2000"`,
		`href="/api/events.json?attribute=error~time&amp;kind=tool_result&amp;prompt=p1&amp;session=s1&amp;user=ada"`,
	} {
		require.Contains(t, body, link)
	}
}

// TestPausedEvents shows no newer records, and does not poll.
func TestPausedEvents(t *testing.T) {
	f := newFakeEvents()
	doc := parse(t, get(t, eventPage(t, f), "/events?until=1699&kind=alert"))
	require.Equal(t, int64(1699), f.read[0].Until)
	require.Contains(t, textOf(byID(doc, "events")), "Paused. 7 events arrived since.")
	require.Equal(t, "Resume", textOf(byID(doc, "pause")))
	require.Equal(t, "/events?kind=alert", attr(byID(doc, "pause"), "href"))
	require.Nil(t, byID(doc, "live"))
}

// TestEventsWithoutRecords shows what to do instead of showing an empty list.
func TestEventsWithoutRecords(t *testing.T) {
	check := func(f *fakeEvents, address, want string) {
		t.Helper()
		require.Contains(t, textOf(byID(parse(t, get(t, eventPage(t, f), address)), "events")), want)
	}
	check(nil, "/events", "max_events of this exporter is 0.")
	check(&fakeEvents{page: report.EventPage{Most: 10}}, "/events", "No record has arrived since this collector started. The setup check")
	check(&fakeEvents{page: report.EventPage{Most: 10, Kept: 3}}, "/events?kind=alert", "No record in memory matches. Remove the filter")
	check(&fakeEvents{page: report.EventPage{Most: 10, Kept: 3, Last: 9}}, "/events?until=3", "The records of the paused list have left the memory. Resume")
	f := newFakeEvents()
	f.page.Unredacted, f.page.Events[0].Hidden, f.page.Events[0].Cut = true, 2, true
	check(f, "/events", "No redaction is known in front of this page.")
	check(f, "/events", "2 texts hidden")
	check(f, "/events", "cut")
}

// TestEventsJSON returns records for programs.
func TestEventsJSON(t *testing.T) {
	f := newFakeEvents()
	h := eventPage(t, f)
	var answer struct {
		Last, Matching, Newer int64
		Events                []struct {
			Sequence int64
			Kind     string
			Record   struct{ Attributes map[string]any }
		}
	}
	w := get(t, h, "/api/events.json?after=1600&attribute=tool_name=Bash=x")
	require.True(t, json.Valid(w.Body.Bytes()))
	require.NotContains(t, w.Body.String(), "<b>")
	decode(t, w, &answer)
	require.Equal(t, report.EventFilter{After: 1600, Limit: 1000, Attribute: report.AttributeMatch{Key: "tool_name", Value: "Bash=x"}}, f.read[0])
	require.Equal(t, []int64{1700, 250, 7}, []int64{answer.Last, answer.Matching, answer.Newer})
	require.Equal(t, "Bash<b>\u202e", answer.Events[0].Record.Attributes["tool_name"])
	var state struct{ Version int64 }
	decode(t, get(t, h, "/api/events/state"), &state)
	require.Equal(t, int64(1700), state.Version)
	require.Contains(t, get(t, eventPage(t, nil), "/api/events.json").Body.String(), `"events":[]`)
	require.Contains(t, get(t, eventPage(t, nil), "/api/events/state").Body.String(), `"version":0`)
}

// TestEventsRefuse rejects addresses with mistakes.
func TestEventsRefuse(t *testing.T) {
	for address, want := range map[string]string{
		"/events?attribute=%3DBash":                 "attribute: has no key",
		"/events?attribute=~":                       "attribute: has no key",
		"/events?until=x":                           "until: must be the number of a record",
		"/api/events.json?after=-1":                 "after: must be the number of a record",
		"/events?after=1":                           "unknown parameter (this address takes",
		"/events?range=24h":                         "unknown parameter (this address takes",
		"/events?limit=1001":                        "limit: must be a number from 1 to 1000",
		"/events?kind=" + strings.Repeat("x", 2000): "longer than",
	} {
		w := get(t, eventPage(t, newFakeEvents()), address)
		require.Equal(t, http.StatusBadRequest, w.Code, address)
		require.Contains(t, w.Body.String(), want, address)
	}
	f := newFakeEvents()
	get(t, eventPage(t, f), "/events?attribute=tool_name")
	require.True(t, slices.Equal(f.read, []report.EventFilter{{Limit: 100, Attribute: report.AttributeMatch{Key: "tool_name", Contains: true}}}))
}

// TestEventsInert shows hostile texts of records as text.
func TestEventsInert(t *testing.T) {
	f := newFakeEvents()
	e := report.Event{Sequence: 1, Arrived: now}
	var attributes []string
	for _, name := range hostileNames {
		e.Attributes = append(e.Attributes, report.Detail{Name: "tool_name", Value: name}, report.Detail{Name: name, Value: name})
		key, err := json.Marshal(name)
		require.NoError(t, err)
		attributes = append(attributes, fmt.Sprintf("%s:%s", key, key))
	}
	e.Record = []byte("{" + strings.Join(attributes, ",") + "}")
	f.page.Events, f.page.Kinds = nil, hostileNames
	for _, name := range hostileNames {
		e.Kind, e.User, e.Session, e.Prompt = name, name, name, name
		f.page.Events = append(f.page.Events, e)
	}
	requireInert(t, get(t, eventPage(t, f), "/events?attribute="+url.QueryEscape("<img src=x>")))
}
