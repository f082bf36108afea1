package load

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/plog/plogotlp"
)

const (
	// batchSize is how many events the batches of real clients have on average.
	batchSize = 6
	// promptSize is how many events share a prompt.
	promptSize = 24
)

// A template has the recorded records of clients, with the resource and scope of each.
type template struct {
	resource plog.ResourceLogs
	record   plog.LogRecord
}

// recorded returns the records of the captures, in their order.
func recorded(captures string) (all []template, err error) {
	files, err := filepath.Glob(filepath.Join(captures, "*-json", "*_v1_logs.json"))
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		ld, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs(body)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		for _, rl := range ld.ResourceLogs().All() {
			for _, sl := range rl.ScopeLogs().All() {
				for _, rec := range sl.LogRecords().All() {
					all = append(all, template{rl, rec})
				}
			}
		}
	}
	if len(all) == 0 {
		return nil, errors.New("captures: no records")
	}
	return all, nil
}

// requests returns batches with a number of events in total. Identifiers differ from those
// of all other batches with another salt, so that no event is a duplicate.
func requests(all []template, salt, events int) (batches []plogotlp.ExportRequest) {
	begin := time.Now()
	for n := 0; n < events; n += batchSize {
		ld := plog.NewLogs()
		first := all[n%len(all)]
		rl := ld.ResourceLogs().AppendEmpty()
		first.resource.Resource().CopyTo(rl.Resource())
		sl := rl.ScopeLogs().AppendEmpty()
		first.resource.ScopeLogs().At(0).Scope().CopyTo(sl.Scope())
		for i := n; i < n+batchSize; i++ {
			rec := sl.LogRecords().AppendEmpty()
			all[i%len(all)].record.CopyTo(rec)
			at := begin.Add(time.Duration(i) * 100 * time.Microsecond)
			rec.SetTimestamp(pcommon.NewTimestampFromTime(at))
			rec.SetObservedTimestamp(pcommon.NewTimestampFromTime(at))
			renumber(rec.Attributes(), salt, i, at)
		}
		batches = append(batches, plogotlp.NewExportRequestFromLogs(ld))
	}
	return batches
}

// renumber gives an event identifiers of its own. Those that it does not have stay away.
func renumber(m pcommon.Map, salt, i int, at time.Time) {
	values := map[string]string{
		"prompt.id":       fmt.Sprintf("%08x-0000-4000-8000-%012x", salt, i/promptSize),
		"session.id":      fmt.Sprintf("%08x-0000-4000-9000-%012x", salt, i/promptSize%50),
		"request_id":      fmt.Sprintf("req_%08x%016x", salt, i),
		"tool_use_id":     fmt.Sprintf("toolu_%08x%016x", salt, i),
		"event.timestamp": at.UTC().Format("2006-01-02T15:04:05.000Z"),
	}
	for key, value := range values {
		if v, found := m.Get(key); found {
			v.SetStr(value)
		}
	}
	m.PutInt("event.sequence", int64(i))
}
