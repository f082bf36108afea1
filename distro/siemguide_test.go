package distro

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/schema/ecs"
	"github.com/cowork-otel/collector/internal/schema/flat"
)

// searchesOf returns the searches in the table of a product of docs/siem.md.
func searchesOf(t *testing.T, product string) (searches []string) {
	t.Helper()
	guide, err := os.ReadFile("../docs/siem.md")
	require.NoError(t, err)
	_, section, found := strings.Cut(string(guide), "\n## "+product+"\n")
	require.True(t, found, product)
	section, _, _ = strings.Cut(section, "\n## ")
	for _, row := range regexp.MustCompile("(?m)^\\| [^|]*\\? \\| `(.*)` \\|$").FindAllStringSubmatch(section, -1) {
		searches = append(searches, strings.ReplaceAll(row[1], `\|`, "|"))
	}
	require.Len(t, searches, 3, product)
	return searches
}

// TestGuideSearches checks that the searches of the guide read columns, fields of ECS, or
// fields that the parser writes, each under a name that exists.
func TestGuideSearches(t *testing.T) {
	var columns []string
	for _, c := range flat.Columns() {
		columns = append(columns, c.Name)
	}
	parser, err := os.ReadFile("examples/secops-parser.conf")
	require.NoError(t, err)
	for product, names := range map[string]struct {
		pattern *regexp.Regexp
		exists  func(name string) bool
	}{
		"Splunk":             {regexp.MustCompile(`\b[a-z]+_[a-z_]+\b`), func(name string) bool { return slices.Contains(columns, name) || name == "tool_result" }},
		"Microsoft Sentinel": {regexp.MustCompile(`\b[a-z]+_[a-z_]+\b`), func(name string) bool { return slices.Contains(columns, name) || name == "arg_max" }},
		"Elastic": {regexp.MustCompile(`\b[a-z]+\.[a-z_.]+\b`), func(name string) bool {
			own, ok := strings.CutPrefix(name, "cowork.")
			return slices.Contains(ecs.Fields(), name) || name == "generic.otel" || ok && isAttribute(own)
		}},
		"Google SecOps": {regexp.MustCompile(`\b[a-z_]+\.[a-z_.]+\b`), func(name string) bool {
			name = strings.TrimPrefix(name, "security_") // the parser fills a result first
			return strings.Contains(string(parser), name+`" =>`)
		}},
	} {
		for _, search := range searchesOf(t, product) {
			quoted := regexp.MustCompile(`"[^"]*"`).ReplaceAllString(search, "")
			read := names.pattern.FindAllString(quoted, -1)
			require.NotEmpty(t, read, search)
			for _, name := range read {
				if !names.exists(name) && cowork.KindOf(name) == nil {
					require.Fail(t, "no such name", "%s: %s", product, name)
				}
			}
		}
	}
}

// isAttribute reports whether a name is that of an attribute with underscores for dots.
func isAttribute(name string) bool {
	for attribute := range cowork.Attributes() {
		if strings.ReplaceAll(attribute.Name, ".", "_") == name {
			return true
		}
	}
	return false
}

// TestSplunkTimes checks that the settings for Splunk find the time in the line of the guide,
// which is the only place that they match.
func TestSplunkTimes(t *testing.T) {
	guide, err := os.ReadFile("../docs/siem.md")
	require.NoError(t, err)
	prefix := regexp.MustCompile(`(?m)^ *TIME_PREFIX = (.*)$`).FindSubmatch(guide)
	require.NotNil(t, prefix)
	require.Contains(t, string(guide), "TIME_FORMAT = %Y-%m-%dT%H:%M:%S.%3NZ")
	line := regexp.MustCompile("(?s)```json\n(.*?)\n```").FindSubmatch(guide)
	require.NotNil(t, line)
	times := regexp.MustCompile(string(prefix[1])+`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"`).FindAll(line[1], -1)
	require.Len(t, times, 1)
	require.Len(t, regexp.MustCompile(string(prefix[1])).FindAll(line[1], -1), 1)
}
