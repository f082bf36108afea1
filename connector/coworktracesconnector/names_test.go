package coworktracesconnector

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/attribute"
	conventions "go.opentelemetry.io/otel/semconv/v1.41.0"

	"github.com/cowork-otel/collector/internal/semconv"
)

// names141 are the attributes of v1.41 that a span can have.
var names141 = []attribute.Key{
	conventions.GenAIOperationNameKey, conventions.GenAIConversationIDKey, conventions.GenAIProviderNameKey, conventions.GenAIAgentNameKey,
	conventions.GenAIAgentIDKey, conventions.GenAIAgentVersionKey, conventions.GenAIRequestModelKey, conventions.GenAIResponseModelKey,
	conventions.GenAIResponseIDKey, conventions.GenAIResponseFinishReasonsKey, conventions.GenAIResponseTimeToFirstChunkKey,
	conventions.GenAIToolNameKey, conventions.GenAIToolTypeKey, conventions.GenAIToolCallIDKey, conventions.GenAIUsageInputTokensKey,
	conventions.GenAIUsageOutputTokensKey, conventions.GenAIUsageCacheReadInputTokensKey, conventions.GenAIUsageCacheCreationInputTokensKey,
}

// newNames are the attributes that the new repository of the conventions adds or removes:
// docs/gen-ai/client-inference.md at 024a4f944a1291fcb627c9c47da69e79868dd15e, and
// docs/gen-ai/non-normative/migration.md at 32c328e85013588c6fe32ebc30934ab5b1752b6a.
var newNames = map[string]bool{
	"gen_ai.usage.cache_write.input_tokens": true, "gen_ai.request.reasoning.level": true, "gen_ai.usage.cache_creation.input_tokens": false,
}

// TestNames checks that each attribute of the conventions exists in its version. The time to
// the first chunk was missing in v1.41, which has it.
func TestNames(t *testing.T) {
	old, found := map[string]bool{}, map[string]bool{"gen_ai.operation.name": true}
	for _, key := range names141 {
		old[string(key)] = true
	}
	for _, m := range mappings {
		if !strings.HasPrefix(m.name, "gen_ai.") {
			continue
		}
		found[m.name] = true
		if m.version != semconv.GenAI0 {
			require.True(t, old[m.name], "%s is not in v1.41", m.name)
		}
		if added, ok := newNames[m.name]; m.version != semconv.V141 && (ok || !old[m.name]) {
			require.True(t, added, "%s is not in the new repository", m.name)
		}
	}
	for name := range old {
		require.True(t, found[name], "%s has no mapping", name)
	}
}
