package lookup

import (
	"time"

	"github.com/cowork-otel/collector/exporter/coworkdashboardexporter/internal/database"
)

// A Reader reads from a database. It is safe for concurrent use.
type Reader struct {
	alertReader
	db   *database.DB
	zone *time.Location
}

// NewReader returns a reader that returns times in a zone.
func NewReader(db *database.DB, zone *time.Location) *Reader {
	return &Reader{alertReader{db, zone}, db, zone}
}
