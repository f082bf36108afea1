package cowork

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestContentOfDetailedTracing checks the gates by which redaction selects its switches.
func TestContentOfDetailedTracing(t *testing.T) {
	for gate, keys := range map[Gate][]string{
		UserPrompts:        names("prompt prompt_text user_prompt new_context user_system_prompt gen_ai.prompt gen_ai.input.messages"),
		AssistantResponses: names("response response.model_output gen_ai.completion gen_ai.output.messages"),
		RawAPIBodies: names(`body body_ref system_prompt system_prompt_preview system_reminders tool gen_ai.system_instructions
			gen_ai.tool.definitions`),
	} {
		for _, key := range keys {
			attr := AttributeOf(key)
			require.NotNil(t, attr, key)
			require.Equal(t, Content, attr.Class, key)
			require.Equal(t, gate, attr.Gate, key)
		}
	}
	for _, key := range names("system_prompt_hash system_prompt_length system_reminders_count tools tools_count tool_hash new_context_message_count") {
		require.NotEqual(t, Content, AttributeOf(key).Class, key)
		require.Equal(t, None, AttributeOf(key).Gate, key)
	}
}
