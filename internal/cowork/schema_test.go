package cowork

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAttributeRows checks the rows of the attributes.
func TestAttributeRows(t *testing.T) {
	for a := range Attributes() {
		require.NotEmpty(t, a.Doc, a.Name)
		require.NotContains(t, a.Doc, "|", "%s: a bar would end the cell of schema.md", a.Name)
		require.Less(t, int(a.Class), len(classWords), a.Name)
		require.Less(t, int(a.Type), len(typeWords), a.Name)
		require.Less(t, int(a.Gate), len(gateWords), a.Name)
		if a.Unit != "" {
			require.Equal(t, Measure, a.Class, "%s: only a measure has a unit", a.Name)
			require.Contains(t, []Type{Int, Double}, a.Type, "%s: only a number has a unit", a.Name)
		}
		if a.Class == Measure {
			require.Contains(t, []Type{Int, Double, Bool, Timestamp}, a.Type, "%s: text is no measure", a.Name)
		}
		require.Equal(t, a, *AttributeOf(a.Name))
	}
	require.Nil(t, AttributeOf("no such attribute"))
}

// TestSourcesAreExplained holds the rows' sources against the README.
func TestSourcesAreExplained(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	explained := func(row, sources string) {
		require.NotEmpty(t, sources, row)
		for key := range strings.FieldsSeq(sources) {
			require.True(t, strings.Contains(string(readme), "\n| "+key+" |") || strings.Contains(string(readme), "; "+key+": "),
				"%s: README.md does not explain the source %s", row, key)
		}
	}
	for a := range Attributes() {
		explained(a.Name, a.Source)
	}
	for k := range Kinds() {
		explained(k.Name, k.Source)
	}
}

// TestKindRows checks that kinds have different names and agree with the attributes.
func TestKindRows(t *testing.T) {
	seen := map[string]bool{}
	for k := range Kinds() {
		require.False(t, seen[k.Name], "kind %s stands twice", k.Name)
		seen[k.Name] = true
		require.Equal(t, k.Name, ShortName(k.Name), "a kind is known by its short name")
		require.Equal(t, k.Name, KindOf(k.Name).Name)
		sorted := slices.Sorted(slices.Values(k.Attributes))
		require.Len(t, slices.Compact(sorted), len(k.Attributes), "%s lists an attribute twice", k.Name)
		require.Subset(t, k.Attributes, k.Required, k.Name)
		require.Subset(t, k.Attributes, k.Ungated, k.Name)
		for _, name := range k.Ungated {
			require.NotEqual(t, None, AttributeOf(name).Gate, "%s: %s has no gate to be without", k.Name, name)
		}
	}
	require.Nil(t, KindOf("no such kind"))
	require.Nil(t, KindOf(""))
}

// TestEveryRowIsUsed finds attributes of events that no kind lists.
func TestEveryRowIsUsed(t *testing.T) {
	// Members of tool_parameters, spans' attributes, and the reports of processors.
	elsewhere := names(`bash_command full_command timeout description dangerouslyDisableSandbox git_commit_id
		mcp_server_name mcp_tool_name skill_name subagent_type file_path parent_agent_id cowork.validation.errors
		cowork.time_source cowork.clock_skew_ms cowork.delivery_delay_ms cowork.redaction.unknown_attributes cowork.redaction.applied cowork.redelivered cowork.user.name cowork.team cowork.cost_center
		cowork.egress.verdict cowork.egress.host cowork.egress.allowed cowork.egress.unlisted cowork.egress.disabled cowork.egress.local cowork.connector.verdict cowork.plugin.verdict`)
	var used []string
	for k := range Kinds() {
		used = append(used, k.Attributes...)
	}
	for _, a := range slices.Concat(eventTable, lifecycleTable, ownTable) {
		require.NotEqual(t, slices.Contains(elsewhere, a.Name), slices.Contains(used, a.Name), a.Name)
	}
}

func TestWords(t *testing.T) {
	require.Equal(t, "content", Class(0).String(), "what is not known is content")
	require.Equal(t, "label", Label.String())
	require.Equal(t, "timestamp", Timestamp.String())
	require.Equal(t, "toolContent", ToolContent.String())
	require.Equal(t, "unknown", Class(200).String())
	require.Equal(t, "unknown", Gate(200).String())
}
