package store

import "fmt"

// A cell holds the sums of one user and one model. Its key is a cellKey.
type cellKey struct{ org, user, model uint32 }

// sums are the measures of a group, in its order.
type sums [maxMeasures]int64

const maxMeasures = 9

// A measureGroup is a set of measures that occur together, so that few of its columns are
// mostly empty.
type measureGroup struct {
	id       uint8
	name     string
	measures []string
}

// The measure groups. New measures are appended, since their positions are stored. The
// measures of the most frequent queries come first: SQLite reads a row up to the last
// column it needs.
var (
	spend  = &measureGroup{0, "spend", []string{"cost", "tokens", "requests", "errors", "refusals", "input", "output", "cache_read", "cache_creation"}}
	people = &measureGroup{1, "people", []string{"events", "prompts", "sessions", "tasks"}}
)

// The positions of the measures.
const (
	atCost   = iota
	atTokens // of all types
	atRequests
	atErrors
	atRefusals
	atInput
	atOutput
	atCacheRead
	atCacheCreation

	atEvents   = 0
	atPrompts  = 1 // that people typed
	atSessions = 2
	atTasks    = 3 // prompts that clients made
)

// keyColumns is the number of blobs of a row before its measures.
const keyColumns = 2

// columns returns the names of a row's blobs.
func (f *measureGroup) columns() []string {
	names := []string{"runs", "users"}
	for m := range f.measures {
		names = append(names, fmt.Sprintf("m%d", m))
	}
	return names
}

// shardBits is the number of users per row, as a power of two. A commit rewrites the rows
// that change, and a query for one user reads one row.
const shardBits = 11

// maxID bounds the ids of a category, so that a damaged row cannot allocate more.
const maxID = 1 << 21
