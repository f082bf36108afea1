// Package flat writes events as rows of one table: names in lower case with underscores,
// without objects and lists, for agents and tables that read lines of JSON.
//
//  1. mapper.go has the bounds and the order in which a row is written.
//  2. column.go has the table of columns.
//  3. read.go has the readers of columns that more than one attribute decides.
//  4. presence.go has which of the attributes of columns an event has.
//  5. table.go writes the table of columns as Markdown.
//
// A column that an event has no value for is left out of the row. Attributes without a
// column are left out of all rows: the formats of internal/schema/ecs and ocsf keep them.
package flat

import (
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/schema"
)

// The bounds of a row, in bytes.
const (
	maxText = 32 << 10 // one text
	maxRow  = 256 << 10
)

// A Mapper writes rows. The zero value is usable, and safe for concurrent use.
type Mapper struct{}

// Map writes the row of an event into dst, and reports whether a bound has cut something.
func (Mapper) Map(dst pcommon.Map, e cowork.Event) (truncated bool) {
	r := newRow(e)
	dst.EnsureCapacity(32)
	for i := range columns {
		c := &columns[i]
		if len(c.attributes) > 0 && !r.present.intersects(columnAttributes[i]) {
			continue
		}
		r.write(c, dst)
	}
	return r.bounds.Truncated
}

// A row is an event while its row is written.
type row struct {
	cowork.Event
	kind         string
	present      presence
	hasArguments bool // of a tool
	bounds       schema.Bounds
}

func newRow(e cowork.Event) *row {
	present := presenceIn(e)
	return &row{
		Event: e, kind: e.Name(), present: present, hasArguments: present.intersects(argumentAttributes),
		bounds: schema.Bounds{MaxText: maxText, Left: maxRow},
	}
}

// write writes the value of a column, if the event has one.
func (r *row) write(c *column, dst pcommon.Map) {
	switch c.typ {
	case number:
		putInt(r, c, dst)
	case double:
		putDouble(r, c, dst)
	case flag:
		putBool(r, c, dst)
	default:
		putText(r, c, dst)
	}
}

func putText(r *row, c *column, dst pcommon.Map) {
	text := ""
	if c.read != nil {
		text = c.read(r)
	}
	for i := 0; text == "" && i < len(c.attributes); i++ {
		text = schema.TextOf(r.Event, c.attributes[i])
	}
	if text = r.bounds.Cut(text); text != "" {
		dst.PutStr(c.name, text)
	}
}

func putInt(r *row, c *column, dst pcommon.Map) {
	for _, key := range c.attributes {
		if n, ok := r.Int(key); ok {
			dst.PutInt(c.name, n)
			return
		}
	}
}

func putDouble(r *row, c *column, dst pcommon.Map) {
	for _, key := range c.attributes {
		if f, ok := r.Float(key); ok {
			dst.PutDouble(c.name, f)
			return
		}
	}
}

// putBool writes a flag. That without an attribute is the outcome.
func putBool(r *row, c *column, dst pcommon.Map) {
	for _, key := range c.attributes {
		if b, ok := r.Bool(key); ok {
			dst.PutBool(c.name, b)
			return
		}
	}
	if len(c.attributes) > 0 {
		return
	}
	if success, known := schema.OutcomeOf(r.Event, r.kind); known {
		dst.PutBool(c.name, success)
	}
}
