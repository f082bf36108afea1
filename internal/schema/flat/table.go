package flat

import (
	"fmt"
	"slices"
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

// own are the columns that more than one attribute decides, by the attribute whose value
// they have on the events of clients.
var own = map[string]string{
	"event.name":         "event_name",
	"user.account_uuid":  "user_id",
	"organization.id":    "organization_id",
	"cost_center":        "cost_center",
	cowork.TeamAttribute: "team",
	"model":              "model",
	"tool_name":          "tool_name",
	"success":            "success",
	"skill.name":         "skill",
	"plugin.name":        "plugin",
	"agent.name":         "agent",
	"to_mode":            "permission_mode_after",
	"tool":               "tool_definition",
	"alert.starts_at":    "alert_starts_at",
	"alert.ends_at":      "alert_ends_at",
}

// ColumnOf returns the column that has the value of an attribute, "" if there is none.
func ColumnOf(attribute string) string {
	if name := own[attribute]; name != "" {
		return name
	}
	for i := range columns {
		if slices.Contains(columns[i].attributes, attribute) {
			return columns[i].name
		}
	}
	return ""
}
