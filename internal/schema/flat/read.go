package flat

import (
	"strings"
	"time"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/schema"
)

// timeLayout is RFC 3339 with milliseconds.
const timeLayout = "2006-01-02T15:04:05.000Z"

func eventTime(r *row) string {
	if ts := r.Time(); ts != 0 {
		return ts.AsTime().UTC().Format(timeLayout)
	}
	return ""
}

func eventName(r *row) string { return r.kind }
func eventID(r *row) string   { return cowork.RecordID(r.Event, r.kind) }
func userID(r *row) string    { return schema.UserIDOf(r.Event, r.kind) }

// list returns the reader of the texts of a list, with spaces between them.
func list(key string) func(*row) string {
	return func(r *row) string { return strings.Join(schema.ListOf(r.Event, key, &r.bounds), " ") }
}

func connectorCall(r *row) string { return cowork.ConnectorToolOf(r.Event) }

// argument returns the reader of an argument of tools.
func argument(read func(cowork.Event) string) func(*row) string {
	return func(r *row) string {
		if !r.hasArguments {
			return ""
		}
		return read(r.Event)
	}
}

// clientVersion returns the version of the client. Events of the collector itself have that
// of the collector in its place.
func clientVersion(r *row) string {
	if schema.IsOwn(r.kind) {
		return ""
	}
	return r.ClientVersion()
}

// toolName returns the tool under the name that rules compare. The attribute tool of a client
// is the definition of one.
func toolName(r *row) string {
	if r.kind == "alert" {
		return schema.TextOf(r.Event, "tool")
	}
	return schema.TextOf(r.Event, "tool_name")
}

// toolDefinition returns the definition of a tool. The attribute tool of an alert is a name.
func toolDefinition(r *row) string {
	if r.kind != "tool" {
		return ""
	}
	return schema.TextOf(r.Event, "tool")
}

// connectorTool returns the tool's own name, if it is one of a connector.
func connectorTool(r *row) string {
	name := schema.DimensionOf(r.Event, r.kind, "tool")
	if name == "" || name == schema.TextOf(r.Event, "tool_name") || r.kind == "alert" {
		return ""
	}
	return name
}

// dimension returns the reader of a dimension, which an alert has of its group.
func dimension(name string) func(*row) string {
	return func(r *row) string { return schema.DimensionOf(r.Event, r.kind, name) }
}

// alertTime returns the reader of a time of an alert.
func alertTime(key string) func(*row) string {
	return func(r *row) string {
		t, err := time.Parse(time.RFC3339Nano, schema.TextOf(r.Event, key))
		if err != nil {
			return ""
		}
		return t.UTC().Format(timeLayout)
	}
}
