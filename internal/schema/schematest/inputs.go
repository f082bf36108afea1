// Package schematest has the events that the tests of all formats map.
package schematest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
)

// Logs makes a batch of one event from a line of JSON: @body is the body, @time the time,
// and the other keys are attributes. It returns false if the line is no such event.
func Logs(tb testing.TB, line string) (plog.Logs, bool) {
	tb.Helper()
	var attributes map[string]any
	ld := plog.NewLogs()
	if !strings.HasPrefix(line, "{") || json.Unmarshal([]byte(line), &attributes) != nil {
		return ld, false
	}
	rec := ld.ResourceLogs().AppendEmpty().ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	body, _ := attributes["@body"].(string)
	rec.Body().SetStr(body)
	at, _ := attributes["@time"].(string)
	if ts, err := time.Parse(time.RFC3339Nano, at); err == nil {
		rec.SetTimestamp(pcommon.NewTimestampFromTime(ts))
	}
	for key, value := range attributes {
		if !strings.HasPrefix(key, "@") {
			if err := rec.Attributes().PutEmpty(key).FromRaw(value); err != nil {
				tb.Fatal(err)
			}
		}
	}
	return ld, true
}

// Inputs calls f with the batches of all recordings, and with each event of all stories. It
// runs in a folder below internal/schema.
func Inputs(tb testing.TB, f func(name string, ld plog.Logs)) {
	tb.Helper()
	root := filepath.Join("..", "..", "..", "testdata")
	captures := glob(tb, root, "captures*", "*", "*_logs.*")
	if len(captures) == 0 {
		tb.Fatal("no recordings found: is this run in the package's folder?")
	}
	shared := glob(tb, root, "..", "..", "shared", "captures*", "*", "*_logs.*")
	if len(shared) == 0 {
		tb.Log("../shared has no captures: only the recordings in testdata are read")
	}
	for _, file := range append(captures, shared...) {
		request, data := plogotlp.NewExportRequest(), read(tb, file)
		unmarshal := request.UnmarshalProto
		if strings.HasSuffix(file, ".json") {
			unmarshal = request.UnmarshalJSON
		}
		if err := unmarshal(data); err != nil {
			tb.Fatal(file, err)
		}
		f(file, request.Logs())
	}
	for _, file := range glob(tb, root, "stories", "*.txtar") {
		for line := range strings.Lines(string(read(tb, file))) {
			if strings.Contains(line, `"ecs.version"`) { // an output of ECS
				continue
			}
			if ld, ok := Logs(tb, line); ok {
				f(file, ld)
			}
		}
	}
}

func glob(tb testing.TB, elements ...string) []string {
	tb.Helper()
	files, err := filepath.Glob(filepath.Join(elements...))
	if err != nil {
		tb.Fatal(err)
	}
	return files
}

func read(tb testing.TB, file string) []byte {
	tb.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	return data
}
