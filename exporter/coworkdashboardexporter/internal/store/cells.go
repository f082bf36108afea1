package store

import "fmt"

// A cell is what one user did with one model: its key and its sums.
type cellKey struct{ org, user, model uint32 }

// sums are the measures of a family, in its order.
type sums [maxMeasures]int64

const maxMeasures = 9

// A family is a set of measures that come together, so that none of its columns is
// mostly empty.
type measureGroup struct {
	id       uint8
	name     string
	measures []string
}

// The families. Measures are added at the end only: they are columns of what is stored.
// Those that are asked for most stand first, since reading one passes those before it.
var (
	spend  = &measureGroup{0, "spend", []string{"cost", "tokens", "requests", "errors", "refusals", "input", "output", "cache_read", "cache_creation"}}
	people = &measureGroup{1, "people", []string{"events", "prompts", "sessions"}}
)

// Positions of the measures.
const (
	atCost   = iota
	atTokens // of all sorts
	atRequests
	atErrors
	atRefusals
	atInput
	atOutput
	atCacheRead
	atCacheCreation

	atEvents   = 0
	atPrompts  = 1
	atSessions = 2
)

// keyColumns are the blobs of a row that stand before those of its measures.
const keyColumns = 2

// columns are the names of a row's blobs.
func (f *measureGroup) columns() []string {
	names := []string{"runs", "users"}
	for m := range f.measures {
		names = append(names, fmt.Sprintf("m%d", m))
	}
	return names
}

// shardBits is how many users' cells stand in one row, as a power of two: a commit
// writes the rows anew that it changes, a question of one user reads no others.
const shardBits = 11

// maxID is more than there are names of any sort. What is damaged must not make room
// for more.
const maxID = 1 << 21
