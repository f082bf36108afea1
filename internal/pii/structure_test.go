package pii_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii"
)

// TestStructureOfJSON checks names that a value has from the structure of its document. « and » enclose the findings.
func TestStructureOfJSON(t *testing.T) {
	s := scanner(t, pii.Settings{})
	for _, in := range []string{
		`{"element": "Password field", "ref": "e12", "text": "«Mosspond#204»"}`,
		`{"selector": "#password", "value": "«Mosspond#204»"}`,
		`{"selector": "input[type=\"password\"]", "text": "«Mosspond#204»", "submit": true}`,
		`{"fields": [{"label": "User name", "value": "ops"}, {"label": "Password", "value": "«Mosspond#204»"}]}`,
		`{"action": "fill", "uid": "1_23", "value": "«Mosspond#204»", "description": "enter the password"}`,
		`{"text": "«Mosspond#204»", "type": "password", "id": "f1"}`,
		`{"value": "«Mosspond#204»", "name": "DB_PASSWORD"}`,
		`{"name": "DB_PASSWORD", "value": ["«Mosspond#204»"]}`,
		`{"password": {"type": "string", "default": "«Mosspond#204»"}}`,
		`{"headers": [{"name": "Accept", "value": "text/html"}, {"name": "X-Api-Token", "value": "«4f9d2c7be1a85630»"}]}`,
		`{"option": "smtp.password", "setting": "«Mosspond#204»"}`,
		`{"fill": {"field": "Password", "with": "«Mosspond#204»"}}`,
		`{"value": 4155550132, "note": "none"}`,
		`{"value": «4155550132», "name": "phone"}`,
		`{"range": "A1:C2", "values": [["User", "Password", "Role"], ["ops", "«Mosspond#204»", "admin"], ["web", "«Heron-Latch42»", "editor"]]}`,
		`{"columns": ["user", "password"], "rows": [["ops", "«Mosspond#204»"], ["web", "«Heron-Latch42»"]]}`,
		`[{"A": "User", "B": "Password"}, {"A": "ops", "B": "«Mosspond#204»"}, {"B": "«Heron-Latch42»"}]`,
		`{"args": ["--user", "ops", "--password", "«Mosspond#204»", "--verbose", "Mosspond#204"]}`,
		`{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "db"}, "data": {"sensitive": "«Q2xpZmYuU3BhcnJvdy04»"}}`,
		`{"apiVersion": "v1", "data": {"a": "«Q2xpZmYuU3BhcnJvdy04»", "b": "«Z3VsbC13aGFyZi00NA==»"}, "kind": "Secret"}`,
		`{"items": [{"stringData": {"foo": "«gull-wharf-44»"}, "kind": "Secret"}, {"data": {"foo": "gull-wharf-44"}, "kind": "ConfigMap"}], "kind": "List"}`,
		`{"content": "{\"kind\":\"Secret\",\"data\":{\"foo\":\"«gull-wharf-44»\"}}"}`,
		`{"label": "User name", "value": "Mosspond#204"}`,
		`{"type": "text", "text": "Mosspond#204"}`,
		`{"values": [["User", "Role"], ["ops", "Mosspond#204"]]}`,
		`[{"name": "password", "type": "string"}, {"name": "username", "type": "string"}]`,
		`{"description": "Reset the password", "input": {"value": "next"}, "status": "done"}`,
	} {
		plain := strings.NewReplacer("«", "", "»", "").Replace(in)
		require.True(t, json.Valid([]byte(plain)), plain)
		out, found := s.Redact(nil, "", plain)
		require.Len(t, found, strings.Count(in, "«"), "%s\n%s", in, out)
		at := 0
		for i, f := range found {
			open := at + strings.Index(in[at:], "«")
			require.Equal(t, open-i*len("«»"), f.Start, "%s\n%s", in, out)
			at = open + len("«")
		}
		checkJSON(t, s, "", plain)
	}
}
