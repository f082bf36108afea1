package cowork

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write schema.md instead of comparing with it")

const schemaFile = "schema.md"

// TestSchemaPage checks that schema.md is generated from the tables.
func TestSchemaPage(t *testing.T) {
	page := schemaPage()
	if *update {
		require.NoError(t, os.WriteFile(schemaFile, []byte(page), 0o600))
		return
	}
	got, err := os.ReadFile(schemaFile)
	require.NoError(t, err)
	require.Equal(t, page, string(got), "schema.md is not up to date: make generate")
}

func schemaPage() string {
	var b strings.Builder
	b.WriteString("<!-- Written by make generate from kinds.go, identity.go, origin.go and schema*.go. Do not edit. -->\n\n# Schema\n\n" +
		"The events of Cowork and their attributes. The README of this folder explains the sources.\n\n## Kinds\n\n" +
		"| kind | meaning | required | other attributes | source |\n|---|---|---|---|---|\n")
	for k := range Kinds() {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", code(k.Name), k.Doc, codes(k.Required), codes(k.Attributes), k.Source)
	}
	b.WriteString("\n## Identity\n\nAn event that arrives again is recognised by its id where it has one, and by its session, prompt, name, time and\n" +
		"sequence. Metrics, prompts and the page use the same rules. A kind that is not listed has no id of its own: its identity\n" +
		"includes " + strings.Join(quotedNames(recordIDs[:]), ", ") + " where it has them.\n\n" +
		"| kind | id | counts |\n|---|---|---|\n")
	for k := range Kinds() {
		if rule := identityRules[k.Name]; rule.every || len(rule.attributes) > 0 {
			fmt.Fprintf(&b, "| %s | %s | %s |\n", code(k.Name), ruleID(rule), rule.counts())
		}
	}
	b.WriteString("\n## Origin of prompts\n\nA prompt that begins with one of these texts was made by the client. cowork_event writes the origin to\n" +
		"`cowork.prompt.origin`. Any other prompt has the origin `user`, unless its session scheduled it or an agent sent it.\n\n" +
		"| text | origin | meaning |\n|---|---|---|\n")
	for _, mark := range originMarks {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", code(mark.text), mark.origin, mark.doc)
	}
	b.WriteString("\n## Attributes\n\nThe class classifies what a value can reveal. Any string is scanned, whatever its class; identifiers and measures\n" +
		"pass if they have the right shape. The gate is the client's content flag without which the attribute is not sent.\n\n" +
		"| attribute | class | type | unit | gate | source | |\n|---|---|---|---|---|---|---|\n")
	for a := range Attributes() {
		fmt.Fprintf(&b, "| %s | %v | %v | %s | %v | %s | %s |\n", code(a.Name), a.Class, a.Type, a.Unit, a.Gate, a.Source, a.Doc)
	}
	return b.String()
}

// ruleID returns the attributes of an id.
func ruleID(r *identityRule) string {
	id := strings.Join(quotedNames(r.attributes), ", else ")
	if r.number != "" {
		id += " with " + code(r.number)
	}
	return id
}

// counts describes what counts once.
func (r *identityRule) counts() string {
	switch {
	case r.every:
		return "every record"
	case r.once:
		return "once for each id in a session"
	default:
		return "each record once; the id is part of its identity"
	}
}

func code(s string) string { return "`" + s + "`" }

func codes(names []string) string { return strings.Join(quotedNames(names), " ") }

func quotedNames(names []string) []string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = code(name)
	}
	return quoted
}
