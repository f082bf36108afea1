package ingest

import (
	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/details"
	"github.com/cowork-otel/collector/internal/cowork"
)

// maxOrigins bounds the sessions whose origin is shared by their events in memory.
const maxOrigins = 10_000

// originOf returns the origin of an event. Events of a session share it while it does not
// change, so that a pending event holds a pointer.
func (in *intake) originOf(session string, e cowork.Event) *details.SharedOrigin {
	origin := details.OriginOf(e)
	if shared := in.origins[session]; shared != nil && shared.Origin == origin {
		return shared
	}
	if in.origins == nil || len(in.origins) >= maxOrigins {
		in.origins = map[string]*details.SharedOrigin{}
	}
	shared := &details.SharedOrigin{Origin: origin}
	in.origins[session] = shared
	return shared
}
