package e2e

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cowork-otel/collector/internal/audit"
)

// toAuditTrail verifies the folder of audit.yaml while the collector writes it.
func toAuditTrail(t *testing.T) ([]string, arrives) {
	t.Helper()
	data := t.TempDir()
	return []string{"COWORK_DATA=" + data}, func() bool {
		dir := filepath.Join(data, "audit")
		text, err := os.ReadFile(filepath.Join(dir, "audit-00000001.jsonl"))
		if err != nil || len(text) == 0 {
			return false
		}
		assert.NotRegexp(t, sensitive, string(text))
		sum, err := audit.Verify(dir, audit.Options{})
		return err == nil && sum.Records > 0
	}
}
