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
