package flat

import (
	"fmt"
	"strings"

	"github.com/cowork-otel/collector/internal/cowork"
)

// typeNames are the names of types in the documentation.
var typeNames = map[cowork.Type]string{text: "string", number: "int", double: "double", flag: "bool"}

// Table returns the table of columns in Markdown. The README of the processor has it.
func Table() string {
	var b strings.Builder
	b.WriteString("| column | type | value |\n|---|---|---|\n")
	for _, c := range columns {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", c.name, typeNames[c.typ], c.doc)
	}
	return b.String()
}

// A Column is a column of rows, for tables of products.
type Column struct {
	Name string
	Type cowork.Type
}

// Columns returns all columns, in their order.
func Columns() (list []Column) {
	for _, c := range columns {
		list = append(list, Column{c.name, c.typ})
	}
	return list
}
