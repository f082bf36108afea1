package flat

import (
	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/schema"
)

// A presence is a set of the attributes that columns read. An event has few of them, so that
// most columns need no search in its attributes.
type presence [2]uint64

// attributeNumbers numbers the attributes of all columns, and those of arguments of tools.
var attributeNumbers = numberAttributes()

func numberAttributes() map[string]int {
	numbers := map[string]int{}
	add := func(key string) {
		if _, ok := numbers[key]; !ok {
			numbers[key] = len(numbers)
		}
	}
	for i := range columns {
		for _, key := range columns[i].attributes {
			add(key)
		}
	}
	for _, key := range cowork.ToolContents {
		add(key)
	}
	return numbers
}

// columnAttributes are the attributes of each column.
var columnAttributes = presencesOfColumns()

func presencesOfColumns() (list [len(columns)]presence) {
	for i := range columns {
		list[i] = presenceOf(columns[i].attributes)
	}
	return list
}

// argumentAttributes are those with the arguments of a tool.
var argumentAttributes = presenceOf(cowork.ToolContents)

func presenceOf(keys []string) (p presence) {
	for _, key := range keys {
		p.insertKey(key)
	}
	return p
}

func (p *presence) insertKey(key string) {
	if n, ok := attributeNumbers[key]; ok {
		p[n/64] |= 1 << (n % 64)
	}
}

func (p presence) intersects(q presence) bool { return p[0]&q[0]|p[1]&q[1] != 0 }

// presenceIn returns the attributes that an event has, with those of its resource.
func presenceIn(e cowork.Event) (p presence) {
	for key := range schema.AttributesOf(e.Record()) {
		p.insertKey(key)
	}
	for key := range e.Resource().Attributes().All() {
		p.insertKey(key)
	}
	return p
}
