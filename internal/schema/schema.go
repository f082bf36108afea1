// Package schema has what the formats of events share. A format, such as that of
// internal/schema/ocsf, writes an event under the names and types of a schema that
// products for security analytics read.
//
//  1. event.go reads who and what an event reports, host.go the host that a tool requests, and
//     outcome.go whether it succeeded.
//  2. bounds.go cuts texts.
//  3. attributes.go writes attributes under their own names, in one type each.
package schema

import (
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A Mapper writes an event in one format. It is safe for concurrent use.
type Mapper interface {
	// Map writes the event into dst, which is empty, and reports whether a bound of the
	// format has cut something. It does not change the event.
	Map(dst pcommon.Map, e cowork.Event) (truncated bool)
}
