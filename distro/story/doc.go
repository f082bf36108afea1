// Package story reads and runs the acceptance suite: the files below
// testdata/stories, each a tale of what comes in and what goes out.
//
// A story is a txtar archive. Its comment says what it is about. Its files are
// the settings, what comes in, and the stages that the story is about:
//
//   - config.yaml has the settings of the components; what it does not name has
//     its defaults.
//   - in has the events as clients send them. More of them may come later: "in
//     again", "in after 6m", "in after restart" of the collector, and "in after
//     kill", which comes two seconds later and is not noticed by the collector.
//   - redacted has what leaves cowork_event and cowork_redaction.
//   - correlated has what leaves cowork_correlation, and summary has those of its
//     records that sum up a prompt.
//   - spans has what cowork_traces makes of it, drawn by [Waterfall].
//   - metrics has what a backend got of cowork_metrics by the end, as [Ledger] writes
//     it.
//   - alerts has what cowork_rules told, as [Alerts] writes it, and silent names the
//     rules that are on and must not be among them.
//
// A story is told from 9:31 on 21 November 2026 and ends six minutes after its last
// step, when every prompt has been silent for long enough to be closed.
//
// Rules are told the time every five seconds from then on. A step at the very moment of
// that comes before it or after: "in after 1h3s" does not.
//
// A stage that stands in a story empty is written by go test -update.
//
// An event is a line: a JSON object of its attributes. Keys that begin with @ are
// the fields of the log record and of what it came under: @body, @event_name,
// @severity, @time, @trace_id, @span_id, @scope, @scope_version and @resource (an
// object). A record has the scope and the resource of the line before it unless it
// names others.
//
// A line with @repeat, like {"times": 20, "every": "5s"}, stands for so many events, each
// later than the one before and next in sequence. {n} in a text is the event's number.
package story
