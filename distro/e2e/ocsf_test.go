package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kgo"
)

// toOCSF starts a broker in this process: each message is a bare OCSF document.
func toOCSF(t *testing.T) ([]string, arrives) {
	t.Helper()
	cluster, err := kfake.NewCluster(kfake.NumBrokers(1), kfake.SeedTopics(1, "cowork.ocsf"))
	require.NoError(t, err)
	t.Cleanup(cluster.Close)
	client, err := kgo.NewClient(kgo.SeedBrokers(cluster.ListenAddrs()...), kgo.ConsumeTopics("cowork.ocsf"))
	require.NoError(t, err)
	t.Cleanup(client.Close)
	seen := map[string]bool{}
	return []string{"KAFKA_BROKERS=" + cluster.ListenAddrs()[0]}, func() bool {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		client.PollFetches(ctx).EachRecord(func(r *kgo.Record) {
			assert.NotRegexp(t, sensitive, string(r.Value))
			seen[className(t, r.Value)] = true
		})
		return seen["API Activity"] && seen["Process Activity"] && seen["Application Lifecycle"]
	}
}

// toOCSFFile reads the file of documents: each line is one.
func toOCSFFile(t *testing.T) ([]string, arrives) {
	t.Helper()
	data := t.TempDir()
	return []string{"COWORK_DATA=" + data}, func() bool {
		seen := map[string]bool{}
		lines, err := os.ReadFile(filepath.Join(data, "ocsf.jsonl"))
		if err != nil {
			return false
		}
		for line := range bytes.Lines(lines) {
			if bytes.HasSuffix(line, []byte("\n")) {
				assert.NotRegexp(t, sensitive, string(line))
				seen[className(t, line)] = true
			}
		}
		return seen["API Activity"] && seen["Process Activity"] && seen["Application Lifecycle"]
	}
}

// className returns the class of a document.
func className(t *testing.T, data []byte) string {
	t.Helper()
	var document struct {
		ClassName string `json:"class_name"`
		Metadata  struct{ Version string }
	}
	if assert.NoError(t, json.Unmarshal(data, &document), "%s", data) {
		assert.Equal(t, "1.9.0", document.Metadata.Version)
	}
	return document.ClassName
}
