package synthetic

import (
	"crypto/sha256"
	"fmt"
	"testing"
	"time"

	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

func TestZZHash(t *testing.T) {
	mon := time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)
	pres := time.Date(2026, 11, 21, 13, 0, 0, 0, time.UTC)
	for i, set := range []Settings{
		{Seed: 11, Seats: 40, Start: mon, Every: time.Minute, Prompts: 250, Metrics: true, Traces: true, Content: DefaultContent},
		{Seed: 5, Seats: 60, Start: mon, Every: time.Minute, Prompts: 150, Metrics: true, Traces: true},
		{Seed: 5, Seats: 10, Start: mon, Every: time.Minute, Prompts: 50, Metrics: true, Traces: true, Content: Content{RawBodies: true, Responses: true}},
		{Seed: 8, Seats: 12, Start: mon, Until: mon.AddDate(0, 0, 9), Content: DefaultContent},
		{Seed: 1, Seats: 300, Start: mon, Every: time.Millisecond, Prompts: 400, Content: DefaultContent},
		{Seed: 1, Seats: 30, Start: pres.AddDate(0, 0, -30), Present: pres, Until: pres.Add(10 * time.Minute), Content: DefaultContent, Metrics: true, Traces: true},
	} {
		f, err := New(set)
		if err != nil {
			t.Fatal(err)
		}
		h := sha256.New()
		n := 0
		for b := range f.Batches() {
			n++
			fmt.Fprintln(h, b.Time, b.Session, b.Requests())
			x, _ := (&plog.JSONMarshaler{}).MarshalLogs(b.Logs)
			h.Write(x)
			x, _ = (&pmetric.JSONMarshaler{}).MarshalMetrics(b.Metrics)
			h.Write(x)
			x, _ = (&ptrace.JSONMarshaler{}).MarshalTraces(b.Traces)
			h.Write(x)
		}
		fmt.Printf("hash %d %d %x\n", i, n, h.Sum(nil))
	}
	h := sha256.New()
	for _, p := range Probes(4, mon) {
		x, _ := (&plog.JSONMarshaler{}).MarshalLogs(p.Logs)
		h.Write(x)
	}
	fmt.Printf("hash probes %x\n", h.Sum(nil))
}
