package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/alert"
	"github.com/cowork-otel/collector/internal/cowork"
)

// TestDescribe compares the description of a kind of events, and of rules, with golden
// files.
func TestDescribe(t *testing.T) {
	golden(t, "describe-event", succeeds(t, "alerts", "--describe", "permission_mode_changed").out)
	golden(t, "describe-rule", succeeds(t, "alerts", "--describe", "ratio").out)
	require.Equal(t, succeeds(t, "alerts", "--describe", "api_error").out, succeeds(t, "alerts", "--describe", "claude_code.api_error").out)
	r := command(t, "alerts", "--describe", "api_eror")
	require.Equal(t, "coworkctl: alerts: --describe: \"api_eror\": is neither a kind of rules nor of events (did you mean \"api_error\"?)\n", r.err)
	r = command(t, "alerts", "--describe", "everything")
	require.Equal(t, 1, r.status)
	require.Regexp(t, `alerts: --describe: "everything": is neither a kind of rules \(each, count, ratio, .*\) nor of events \(user_prompt, .*\)`, r.err)
}

// TestDescribeAll checks that every attribute of the core kinds of events, and every key
// of a kind of rules, is described.
func TestDescribeAll(t *testing.T) {
	for kind := range alert.Kinds() {
		text := describeRule(kind)
		for _, key := range kind.Keys {
			require.Contains(t, text, kind.Key+"::"+key.Name)
		}
	}
	for kind := range cowork.Kinds() {
		if !kind.Core {
			continue
		}
		text, err := describeTopic(kind.Name)
		require.NoError(t, err)
		for _, name := range kind.Attributes {
			require.Contains(t, text, "\n"+name+" ", kind.Name)
		}
	}
}

var updateReadme = flag.Bool("update-readme", false, "write the outputs in READMEs instead of comparing them")

// TestOutputsInReadmes checks the outputs of commands in READMEs: what follows the line of
// a command, up to the end of the block.
func TestOutputsInReadmes(t *testing.T) {
	for command, file := range map[string]string{
		"coworkctl alerts --rules five-rules.yaml --events five-rules-events.json": "../../connector/coworkrulesconnector/README.md",
		"coworkctl alerts --describe sum":                                          "README.md",
	} {
		page, err := os.ReadFile(file)
		require.NoError(t, err)
		before, rest, found := strings.Cut(string(page), "$ "+command+"\n")
		require.True(t, found, command)
		shown, after, found := strings.Cut(rest, "```")
		require.True(t, found, command)
		args := strings.Fields(command)[1:]
		for i, arg := range args {
			if strings.HasSuffix(arg, ".yaml") || strings.HasSuffix(arg, ".json") {
				args[i] = filepath.Join("testdata", arg)
			}
		}
		r := succeeds(t, args...)
		require.Empty(t, r.err, command)
		if *updateReadme {
			require.NoError(t, os.WriteFile(file, []byte(before+"$ "+command+"\n"+r.out+"```"+after), 0o600))
			continue
		}
		require.Equal(t, r.out, shown, command)
	}
}

// TestRulesInReadme checks that the README of cowork_rules shows the rules as they are.
func TestRulesInReadme(t *testing.T) {
	page, err := os.ReadFile("../../connector/coworkrulesconnector/README.md")
	require.NoError(t, err)
	rules, err := os.ReadFile("testdata/five-rules.yaml")
	require.NoError(t, err)
	require.Contains(t, string(page), "```yaml\n"+string(rules)+"```")
}
