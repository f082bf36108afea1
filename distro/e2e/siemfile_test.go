package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
)

// toSIEMFile reads the file of flat lines: each is an object without objects or lists.
func toSIEMFile(t *testing.T) ([]string, arrives) {
	t.Helper()
	data := t.TempDir()
	return []string{"COWORK_DATA=" + data}, func() bool {
		seen := map[any]bool{}
		lines, err := os.ReadFile(filepath.Join(data, "siem", "cowork.jsonl"))
		if err != nil {
			return false
		}
		for line := range bytes.Lines(lines) {
			if !bytes.HasSuffix(line, []byte("\n")) {
				continue
			}
			assert.NotRegexp(t, sensitive, string(line))
			var row map[string]any
			if assert.NoError(t, json.Unmarshal(line, &row), "%s", line) {
				seen[row["event_name"]] = true
				for name, value := range row {
					assert.NotContains(t, name, ".")
					assert.Contains(t, []string{"string", "float64", "bool"}, fmt.Sprintf("%T", value), name)
				}
			}
		}
		return seen["api_request"] && seen["tool_result"] && seen["plugin_loaded"]
	}
}
