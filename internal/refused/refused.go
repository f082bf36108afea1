// Package refused counts the requests that receivers refused, so that the setup check of
// the page shows them. A refused request reaches no pipeline.
//
// The list is one for the process. All functions are safe for concurrent use.
package refused

import (
	"cmp"
	"maps"
	"slices"
	"sync"
	"time"
)

// A Kind is what refused requests have in common.
type Kind struct {
	Receiver  string // its ID, such as otlp
	Transport string // http or grpc
	Status    string // such as 404 or UNAUTHENTICATED
}

// A Row is a kind with the number of its requests since the start of the process.
type Row struct {
	Kind
	Count int64
	Last  time.Time
}

// maxRows bounds the list. Requests of further kinds are counted together, as others.
const maxRows = 200

var others = Kind{Receiver: "(other)", Transport: "(other)", Status: "(other)"}

var (
	mu   sync.Mutex
	rows = map[Kind]Row{}
)

// Count counts a request.
func Count(kind Kind, now time.Time) {
	mu.Lock()
	defer mu.Unlock()
	if _, found := rows[kind]; !found && len(rows) >= maxRows {
		kind = others
	}
	rows[kind] = Row{kind, rows[kind].Count + 1, now}
}

// List returns the kinds, the latest first.
func List() []Row {
	mu.Lock()
	defer mu.Unlock()
	return slices.SortedFunc(maps.Values(rows), func(a, b Row) int {
		return cmp.Or(b.Last.Compare(a.Last), cmp.Compare(a.Receiver, b.Receiver), cmp.Compare(a.Transport, b.Transport), cmp.Compare(a.Status, b.Status))
	})
}
