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

// TestSchemaPage checks that schema.md says what the tables say.
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
	b.WriteString("<!-- Written by make generate from kinds.go and schema*.go. Do not edit. -->\n\n# Schema\n\n" +
		"What is known of Cowork's events. The sources are explained in the README of this folder.\n\n## Kinds\n\n" +
		"| kind | says | required | other attributes | source |\n|---|---|---|---|---|\n")
	for k := range Kinds() {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", code(k.Name), k.Doc, codes(k.Required), codes(k.Attributes), k.Source)
	}
	b.WriteString("\n## Attributes\n\nThe class says what a value is to privacy. Any string is scanned, whatever its class; identifiers and measures\n" +
		"survive while they have the shape of one. The gate is the client's content flag that lets an attribute out.\n\n" +
		"| attribute | class | type | unit | gate | source | |\n|---|---|---|---|---|---|---|\n")
	for a := range Attributes() {
		fmt.Fprintf(&b, "| %s | %v | %v | %s | %v | %s | %s |\n", code(a.Name), a.Class, a.Type, a.Unit, a.Gate, a.Source, a.Doc)
	}
	return b.String()
}

func code(s string) string { return "`" + s + "`" }

func codes(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = code(name)
	}
	return strings.Join(quoted, " ")
}
