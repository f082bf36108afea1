// Package story reads and runs the acceptance suite: the files below
// testdata/stories, each with the input and the expected output of the components.
//
// A story is a txtar archive. Its comment describes what it tests. Its files are
// the settings, the input, and the stages that the story compares:
//
//   - config.yaml has the settings of the components. A setting that it does not
//     name has its default.
//   - in has the events as clients send them. Further input files are later steps:
//     "in again", "in after 6m", "in after restart" of the collector, and "in after
//     kill", which comes two seconds after the collector was killed.
//   - people.csv is the list of people that config.yaml names as $FOLDER/people.csv. "in
//     after other.csv" is a step after other.csv has replaced it.
//   - "in with TOKEN" is a step of a sender with a token of tokens.yaml.
//   - "in spans" has spans as clients send them, at this step.
//   - redacted has the output of cowork_event, cowork_roster and cowork_redaction, and "redacted spans"
//     that of the spans.
//   - correlated has the output of cowork_correlation, and summary only its prompt
//     summaries.
//   - spans has the output of cowork_traces, drawn by [Waterfall].
//   - metrics has what a backend received from cowork_metrics by the end, as [Ledger]
//     formats it.
//   - schema has the output of cowork_schema for the events and the alerts.
//   - alerts has the alerts that cowork_rules sent, as [Alerts] formats them, and
//     silent lists rules that are on and must not be among them.
//
// A story begins at 9:31 on 21 November 2026 and ends six minutes after its last
// step, when every prompt has been idle long enough to be closed.
//
// Rules are evaluated every five seconds from then on. The order is undefined for a
// step at exactly such a time, so steps avoid it: "in after 1h3s".
//
// go test -update writes the stages that a story has, also empty ones.
//
// An event is a line: a JSON object of its attributes. Keys that begin with @ are
// the fields of the log record, its scope and its resource: @body, @event_name,
// @severity, @time, @trace_id, @span_id, @scope, @scope_version and @resource (an
// object). A record has the scope and the resource of the previous line unless it
// names others.
//
// A span is a line with the name in @span, the message of its status in @status, and its
// events in @events, a list of objects with the name in @event.
//
// A line with @repeat, like {"times": 20, "every": "5s"}, produces that many events,
// each later than the previous one and next in sequence. {n} in a text is the event's
// number.
package story
