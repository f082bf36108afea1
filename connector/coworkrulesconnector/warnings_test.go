package coworkrulesconnector

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/component"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"
)

const doubtful = `
- name: doubtful
  events: [tool_result, tool_reslt]
  condition: 'attributes["success"] == "false" or attributes["mesage"] == "x"'
  severity: info
  message: m
  group_by: ['Concat([attributes["tool_nam"]], "")', connector]
`

// TestWarnings checks the warnings about all expressions of a rule.
func TestWarnings(t *testing.T) {
	cfg := configOf(t, rules(doubtful))
	var got []string
	for _, w := range cfg.warnings() {
		got = append(got, w.rule+" "+w.key+": "+w.text)
	}
	require.Equal(t, []string{
		`doubtful events::1: unknown kind "tool_reslt" (did you mean tool_result?)`,
		`doubtful condition: attribute "success" is a boolean behind cowork_event, and is compared with a string: it never matches (true or false without quotes would)`,
		`doubtful condition: unknown attribute "mesage" (internal/cowork/schema.md lists those that are known)`,
		`doubtful group_by::0: unknown attribute "tool_nam" (did you mean tool_name?)`,
	}, got)
	require.Empty(t, configOf(t, rules(failing)).warnings())
	require.Empty(t, configOf(t, "builtin_rules: all").warnings(), "built-in rules have no warnings")
}

// TestWarn checks that warnings are logged, or written to standard error without a logger.
func TestWarn(t *testing.T) {
	warnings := []warning{{"doubtful", "condition", "is doubtful"}}
	id := component.MustNewID("cowork_rules")

	var shown bytes.Buffer
	warn(&shown, zap.NewNop(), id, warnings)
	require.Equal(t, "warning: connectors::cowork_rules: rules::doubtful: condition: is doubtful\n", shown.String())

	shown.Reset()
	core, logged := observer.New(zapcore.WarnLevel)
	warn(&shown, zap.New(core), id, warnings)
	require.Empty(t, shown.String())
	require.Equal(t, 1, logged.Len())
	require.Equal(t, map[string]any{"rule": "doubtful", "key": "condition", "warning": "is doubtful"}, logged.All()[0].ContextMap())

	core, logged = observer.New(zapcore.ErrorLevel)
	warn(&shown, zap.New(core), id, warnings)
	require.Empty(t, shown.String(), "a logger for errors only gets no warnings")
	require.Zero(t, logged.Len())
}
