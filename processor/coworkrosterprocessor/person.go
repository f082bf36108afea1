package coworkrosterprocessor

import (
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/roster"
)

// A batch is the state of the processor for one batch. It is not safe for concurrent use.
type batch struct {
	*rosterProcessor
	list *roster.Roster // nil without a file

	results [results]int64
	removed int
	refused int64
}

func (p *rosterProcessor) newBatch() *batch {
	return &batch{rosterProcessor: p, list: p.source.current.Load()}
}

// values are the attributes of an item: a log record, a span or a data point.
type values interface {
	Value(key string) (pcommon.Value, bool)
}

// An item is a span or a data point with its resource.
type item struct{ attributes, resource pcommon.Map }

// Value returns an attribute of the item, else of its resource.
func (i item) Value(key string) (pcommon.Value, bool) {
	if v, ok := i.attributes.Get(key); ok {
		return v, true
	}
	return i.resource.Get(key)
}

// addPerson writes the attributes of the person of an item.
func addPerson[V values](b *batch, to pcommon.Map, from V) {
	person := findPerson(b, from)
	for i, t := range b.targets {
		value := ""
		if person != nil {
			value = person.Values[i]
		}
		if value == "" {
			value = b.list.Spelling(i, clientValue(b, t.from, from))
		}
		if value != "" {
			to.PutStr(t.attribute, value)
		}
	}
}

// findPerson returns the person of the list with an identity of an item, nil if there is
// none.
func findPerson[V values](b *batch, from V) *roster.Person {
	if b.list == nil {
		return nil
	}
	result := anonymous
	for _, key := range b.join {
		identity := textOf(from, key)
		if identity == "" {
			continue
		}
		if person := b.list.Find(key, identity); person != nil {
			b.results[matched]++
			return person
		}
		result = unmatched
	}
	b.results[result]++
	return nil
}

// clientValue returns the first of some attributes of a client that is present.
func clientValue[V values](b *batch, keys []string, from V) string {
	for _, key := range keys {
		text := textOf(from, key)
		if text == "" {
			continue
		}
		value, fault := roster.CleanValue(text)
		if fault != "" {
			b.refused++
			continue
		}
		if value != "" {
			return value
		}
	}
	return ""
}

// textOf returns an attribute that is a text or a number, "" for a marker.
func textOf[V values](from V, key string) string {
	v, ok := from.Value(key)
	if !ok {
		return ""
	}
	text := ""
	switch v.Type() {
	case pcommon.ValueTypeStr:
		text = strings.TrimSpace(v.Str())
	case pcommon.ValueTypeInt:
		text = v.AsString()
	}
	if cowork.IsMarker(text) {
		return ""
	}
	return text
}
