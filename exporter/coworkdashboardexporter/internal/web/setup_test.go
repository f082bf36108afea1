package web_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/report"
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/web"
)

// A fixedSetup is a source with the setup of a test.
type fixedSetup struct {
	*fakeSource
	setup report.Setup
}

func (c fixedSetup) Setup(context.Context) (report.Setup, error) { return c.setup, nil }

func TestAdvice(t *testing.T) {
	redacted := true
	check := func(want string, change func(*report.Setup, *report.State)) {
		t.Helper()
		src := newFakeSource()
		setup := report.Setup{Kinds: coreKinds()}
		change(&setup, &src.state)
		set := settings(t)
		set.Redacted = redacted
		h := web.New(nil, fixedSetup{src, setup}, set)
		require.Contains(t, textOf(byID(parse(t, get(t, h, "http://telemetry.example.com/setup")), "verdict")), want)
	}
	check("Content is scanned, but not replaced: 3 texts. redact_prompt_content", func(s *report.Setup, _ *report.State) { s.Content.Plain = 3 })
	redacted = false
	check("No redaction is known in front of this page. Nothing to do if another collector redacts", func(*report.Setup, *report.State) {})
	check("All expected events arrive.", func(s *report.Setup, _ *report.State) { s.Content.Replaced = 1 })
	check("Content arrived without redaction: 3 texts. Put cowork_redaction", func(s *report.Setup, _ *report.State) { s.Content.Plain = 3 })
	redacted = true
	check("All expected events arrive. Nothing to do.", func(*report.Setup, *report.State) {})
	check("5 of 5 expected kinds", func(*report.Setup, *report.State) {})
	check("No event has arrived yet. Enter the settings below", func(_ *report.Setup, s *report.State) { s.Latest = time.Time{} })
	check("Never seen: tool_result. Run one task", func(s *report.Setup, _ *report.State) {
		s.Kinds[2].Events, s.Kinds[4].Events = 0, 0
	})
	check("3 of 4 expected kinds", func(s *report.Setup, _ *report.State) { s.Kinds[2].Events, s.Kinds[4].Events = 0, 0 })
	check("4 of 4 expected kinds of events have arrived. All expected events arrive.", func(s *report.Setup, _ *report.State) { s.Kinds[2].Events = 0 })
	check("All expected events arrive.", func(s *report.Setup, _ *report.State) { // an error of last week is no gap
		s.Kinds[2].Last = now.Add(-100 * time.Hour)
	})
	check("2 of 2 expected kinds of events have arrived. Not seen yet: tool_decision and tool_result. Nothing to do: 20 prompts", func(s *report.Setup, _ *report.State) {
		s.Kinds[0].Events, s.Kinds[2].Events, s.Kinds[3].Events, s.Kinds[4].Events = 3, 0, 0, 0
	})
	check("Never seen: user_prompt.", func(s *report.Setup, _ *report.State) { s.Kinds[0].Events = 0 })
	check("All expected events arrive.", func(s *report.Setup, _ *report.State) { // two errors are too few to judge attributes by
		s.Kinds[2].Events, s.Kinds[2].Attributes = 2, []report.Share{{Name: "attempt", Share: 0}}
	})
	check("Not seen for three days: user_prompt.", func(s *report.Setup, _ *report.State) {
		s.Kinds[0].Last = now.Add(-100 * time.Hour)
	})
	check("Clients do not send content.", func(s *report.Setup, _ *report.State) { s.Content.Absent = 3 })
	check("Only 84 % of core events have user.email.", func(s *report.Setup, _ *report.State) {
		s.Kinds[1].Attributes[1].Share = 0.2
	})
	check("Only 80 % of core events have prompt.id.", func(s *report.Setup, _ *report.State) {
		s.Kinds[1].Attributes[0].Share = 0
	})
	check("Often missing: ttft_ms of api_request (50 %).", func(s *report.Setup, _ *report.State) {
		s.Kinds[1].Attributes = append(s.Kinds[1].Attributes, report.Share{Name: "ttft_ms", Share: 0.5})
	})
	check("4 events are incomplete.", func(s *report.Setup, _ *report.State) {
		s.Rejected = []report.Count{{Name: "a", Events: 3}, {Name: "b", Events: 1}}
	})
	check("Texts of unknown attributes were replaced: summary_text and notes. A client sends text under a new name.", func(s *report.Setup, _ *report.State) {
		s.Unknown = []report.Count{{Name: "summary_text", Events: 3}, {Name: "notes", Events: 1}}
	})
	check("Clocks of clients are wrong: 1 session fast, 3 sessions slow and 2 sessions without times. Synchronize", func(s *report.Setup, _ *report.State) {
		s.Clocks = report.Clocks{Ahead: 1, Behind: 3, Missing: 2}
	})
	check("Cost is unknown: 4 requests, of a and b. The figures of cost lack these requests.", func(s *report.Setup, _ *report.State) {
		s.Unpriced = []report.Count{{Name: "a", Events: 2}, {Name: "b", Events: 1}, {Events: 1}}
	})
	check("Events arrived more than a minute late: 4 sessions. Nothing to do if", func(s *report.Setup, _ *report.State) { s.Clocks.Late = 4 })
	check("7 events are not in the figures.", func(_ *report.Setup, s *report.State) { s.Lost = 7 })
	check("the store is read-only", func(_ *report.Setup, s *report.State) { s.Problem = "the store is read-only" })
}

// TestProblems checks that problems of other components are shown, up to a bound.
func TestProblems(t *testing.T) {
	var problems []report.Problem
	for range maxShownProblems + 2 {
		problems = append(problems, report.Problem{What: "receiver <on-call>: refused", Do: "Correct it.", Since: now.Add(-time.Hour), Count: 3})
	}
	set := settings(t)
	set.Problems = func() []report.Problem { return problems }
	got := textOf(byID(parse(t, get(t, web.New(nil, fixedSetup{newFakeSource(), report.Setup{Kinds: coreKinds()}}, set), "http://telemetry.example.com/setup")), "verdict"))
	require.Contains(t, got, "receiver <on-call>: refused, since 1 h ago, 3 times. Correct it.")
	require.Equal(t, maxShownProblems, strings.Count(got, "Correct it."))
	require.Contains(t, got, "2 more problems.")
	require.NotContains(t, got, "All expected events arrive.")
}

// TestRefused checks that refused requests are shown with reason and advice, and that the
// advice leaves out old ones.
func TestRefused(t *testing.T) {
	refused := []report.Refused{
		{Receiver: "otlp", Transport: "http", Status: "404", Count: 3, Last: now.Add(-time.Minute)},
		{Receiver: "otlp", Transport: "grpc", Status: "UNAUTHENTICATED", Count: 1, Last: now.Add(-time.Hour)},
		{Receiver: "otlp", Transport: "http", Status: "418", Count: 1, Last: now.Add(-time.Hour)},
		{Receiver: "otlp", Transport: "http", Status: "413", Count: 7, Last: now.Add(-25 * time.Hour)},
	}
	set := settings(t)
	set.Refused = func() []report.Refused { return refused }
	h := web.New(nil, fixedSetup{newFakeSource(), report.Setup{Kinds: coreKinds()}}, set)
	doc := parse(t, get(t, h, "http://telemetry.example.com/setup"))
	got := textOf(byID(doc, "verdict"))
	require.Contains(t, got, "3 requests refused by otlp with 404, the last 1 min ago: the path is none of /v1/logs, /v1/metrics and /v1/traces. Correct the endpoint")
	require.Contains(t, got, "1 request refused by otlp with UNAUTHENTICATED, the last 1 h ago: the token is missing or wrong.")
	require.Contains(t, got, "418")
	require.NotContains(t, got, "413")
	require.Less(t, strings.Index(got, "Only 93"), strings.Index(got, "404"))
	src := newFakeSource()
	src.state.Latest = time.Time{}
	empty := textOf(byID(parse(t, get(t, web.New(nil, src, set), "http://telemetry.example.com/setup")), "verdict"))
	require.Less(t, strings.Index(empty, "404"), strings.Index(empty, "No event has arrived yet."), "the reason comes first")
	table := textOf(byID(doc, "p-refused"))
	require.Contains(t, table, "otlp http 413")
	require.Contains(t, table, "the body is too large")
	require.Contains(t, get(t, h, "http://telemetry.example.com/api/setup.json").Body.String(), `"status":"404"`)
}

const maxShownProblems = 20

func TestClientSettings(t *testing.T) {
	open := []report.Server{
		{Receiver: "otlp", Transport: "grpc", Address: "0.0.0.0:14317"},
		{Receiver: "otlp", Transport: "http", Address: "0.0.0.0:14318"},
	}
	secure := []report.Server{{Receiver: "otlp/secure", Transport: "http", Address: "[::]:443", Path: "/team", TLS: true, Auth: true}}
	local := []report.Server{{Receiver: "otlp", Transport: "http", Address: "localhost:14318"}}
	check := func(address, configured string, servers []report.Server, endpoint, headers string, isLocal bool) {
		t.Helper()
		set := settings(t)
		set.CollectorURL, set.Servers = configured, func() []report.Server { return servers }
		doc := parse(t, get(t, web.New(nil, newFakeSource(), set), address))
		require.Equal(t, endpoint, textOf(byID(doc, "endpoint")))
		main := textOf(byID(doc, "main"))
		require.Contains(t, main, "OTLP headers "+headers)
		if isLocal {
			require.Contains(t, main, "localhost does not work from Cowork.")
		} else {
			require.NotContains(t, main, "localhost does not work from Cowork.")
		}
	}
	check("http://localhost:4320/setup", "", open, "http://localhost:14318", "none", true)
	check("http://[::1]:4320/setup", "", open, "http://[::1]:14318", "none", true)
	check("http://telemetry.example.com/setup", "", open, "http://telemetry.example.com:14318", "none", false)
	check("http://telemetry.example.com/setup", "", local, "http://localhost:14318", "none", true)
	check("http://telemetry.example.com/setup", "", secure, "https://telemetry.example.com:443/team", "Authorization=Bearer <token>", false)
	check("http://localhost:4320/setup", "https://otlp.example.com", local, "https://otlp.example.com", "none", false)
	check("http://localhost:4320/setup", "http://0.0.0.0:4318", nil, "http://0.0.0.0:4318", "none", true)
	check("http://localhost:4320/setup", "", nil, "not known", "none", false)
	check("http://localhost:4320/setup", "", open[:1], "not known", "none", false)
}

// TestServers shows where the collector listens, and that Cowork needs HTTP.
func TestServers(t *testing.T) {
	set := settings(t)
	servers := []report.Server{{Receiver: "otlp", Transport: "grpc", Address: "127.0.0.1:4317", TLS: true}}
	set.Servers = func() []report.Server { return servers }
	h := web.New(nil, fixedSetup{newFakeSource(), report.Setup{Kinds: coreKinds()}}, set)
	doc := parse(t, get(t, h, "http://telemetry.example.com/setup"))
	require.Contains(t, textOf(byID(doc, "p-servers")), "127.0.0.1:4317 OTLP over gRPC, not for Cowork otlp yes no this computer only")
	require.Contains(t, textOf(byID(doc, "verdict")), "No receiver accepts OTLP over HTTP.")
	servers = append(servers, report.Server{Receiver: "otlp", Transport: "http", Address: "0.0.0.0:4318", Auth: true})
	doc = parse(t, get(t, h, "http://telemetry.example.com/setup"))
	require.Contains(t, textOf(byID(doc, "p-servers")), "0.0.0.0:4318 OTLP over HTTP otlp no yes other computers")
	require.NotContains(t, textOf(byID(doc, "verdict")), "No receiver accepts OTLP over HTTP.")
	var answer struct {
		Client struct {
			Endpoint string
			Servers  []report.Server
		}
	}
	decode(t, get(t, h, "http://telemetry.example.com/api/setup.json"), &answer)
	require.Equal(t, servers, answer.Client.Servers)
	require.Equal(t, "http://telemetry.example.com:4318", answer.Client.Endpoint)
}

func TestNoEvents(t *testing.T) {
	src := newFakeSource()
	src.state = report.State{}
	doc := parse(t, get(t, page(t, src), "/"))
	require.Contains(t, textOf(byID(doc, "fresh")), "No events yet")
	require.Nil(t, byID(parse(t, get(t, page(t, newFakeSource()), "/")), "fresh"))
}

func TestBanner(t *testing.T) {
	src := newFakeSource()
	src.state.Problem, src.state.Lost = "The disk is full.", 12
	got := textOf(byID(parse(t, get(t, page(t, src), "/")), "banner"))
	require.Contains(t, got, "The disk is full.")
	require.Contains(t, got, "12 events could not be stored")
}

// TestStorage checks that the setup check shows the size of the database and its largest
// tables.
func TestStorage(t *testing.T) {
	setup := report.Setup{Kinds: coreKinds(), Storage: report.Storage{Engine: "PostgreSQL", Bytes: 53 << 20}}
	for i := range 14 {
		setup.Storage.Tables = append(setup.Storage.Tables, report.StoredTable{Name: fmt.Sprint("usage_", i), Rows: 120_000, Bytes: 9 << 20, Oldest: "2026-08-01"})
	}
	setup.Storage.Tables[1].Bytes, setup.Storage.Tables[1].Oldest = 0, ""
	h := web.New(nil, fixedSetup{newFakeSource(), setup}, settings(t))
	doc := parse(t, get(t, h, "/setup"))
	require.Contains(t, textOf(byID(doc, "kept")), "Database: PostgreSQL, 53 MiB.")
	got := strings.ReplaceAll(textOf(byID(doc, "p-tables")), "\u00a0", " ")
	require.Contains(t, got, "Table Rows Size Oldest entry usage_0 120,000 9 MiB 2026-08-01 usage_1 120,000 – – usage_2")
	require.Contains(t, got, "usage_9 120,000 9 MiB 2026-08-01 4 more")
	var answer struct {
		Storage struct {
			Engine string
			Bytes  int64
			Tables []struct{ Name, Oldest string }
		}
	}
	decode(t, get(t, h, "/api/setup.json"), &answer)
	require.Equal(t, "PostgreSQL", answer.Storage.Engine)
	require.Len(t, answer.Storage.Tables, 14)
}

// TestKept checks that the setup check shows what the store keeps, in days of prompts too.
func TestKept(t *testing.T) {
	set := settings(t)
	set.Retention = web.Retention{Hours: 14 * 24 * time.Hour, Days: 400 * 24 * time.Hour, Prompts: 5000}
	setup := report.Setup{Kinds: coreKinds()}
	kept := func() string {
		h := web.New(nil, fixedSetup{newFakeSource(), setup}, set)
		return textOf(byID(parse(t, get(t, h, "http://telemetry.example.com/setup")), "kept"))
	}
	setup.Kinds[0].First, setup.Kinds[0].Last, setup.Kinds[0].Events = now.Add(-10*24*time.Hour), now, 5000
	require.Contains(t, kept(), "Hourly figures: 14 d.")
	require.Contains(t, kept(), "Daily figures and alerts: 400 d.")
	require.Contains(t, kept(), "the newest 5,000. At 500 a day, these are 10 d.")
	setup.Kinds[0].Last = setup.Kinds[0].First.Add(time.Hour)
	require.NotContains(t, kept(), "a day", "an hour is no rate")
	setup.Kinds[0].Last, setup.Kinds[0].Events = now, 10
	require.Contains(t, kept(), "At 1 a day, these are 400 d.", "no longer than daily figures")
}
