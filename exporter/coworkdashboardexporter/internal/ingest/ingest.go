package ingest

import (
	"sync"
)

// An Ingest keeps events until they are committed. It is safe for concurrent use.
type Ingest struct {
	set Settings

	mu    sync.Mutex // guards the fields below
	in    *intake
	stats Stats
}
