package story

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"golang.org/x/tools/txtar"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector"
	"github.com/cowork-otel/collector/distro/coworkctl/sigma"
	"github.com/cowork-otel/collector/internal/alert"
	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/schema"
	"github.com/cowork-otel/collector/internal/schema/ecs"
	"github.com/cowork-otel/collector/internal/schema/flat"
	"github.com/cowork-otel/collector/internal/shell"
	"github.com/cowork-otel/collector/internal/stateful/statefultest"
	"github.com/cowork-otel/collector/processor/coworkcorrelationprocessor"
)

// sigmaDifferences are the rules whose Sigma form selects other events than the rule of the
// collector, besides those whose commands only match in their normal form, with the reason.
var sigmaDifferences = map[string]string{
	"slow_tool": "a duration beyond all integers is longer than any threshold, and no value of a document",
}

// leastAsWritten is the share of commands on which a rule of the collector fires that its Sigma
// form finds: a SIEM has commands as they were written, and not their normal form.
const leastAsWritten = 0.9

// TestSigmaRules checks that Sigma rules detect what the rules of the collector detect. An
// independent implementation evaluates every document of the export that selects single
// events on the documents of all stories and behaviours in the formats with a pipeline.
// Correlations are not evaluated: the implementation has none of Sigma 2.
// It takes a quarter of a minute, since nearly 200 rules with long expressions are evaluated on
// thousands of events in two formats.
func TestSigmaRules(t *testing.T) {
	rules := exportedRules(t)
	require.Greater(t, len(rules), 100)
	addComparators(t)
	events := sigmaEvents(t, rules)
	require.Greater(t, len(events), 1000)
	want := rulesOnEvents(t, rules, events)
	mappers := map[string]schema.Mapper{"flat": flat.Mapper{}, "ecs": ecs.Mapper{}}
	for _, format := range sigma.Formats {
		t.Run(format.Name, func(t *testing.T) {
			compareSigma(t, newSigmaFormat(t, format, mappers[format.Name], rules), rules, events, want)
		})
	}
}

// compareSigma checks the rules in a format. Commands are first given in the forms that the
// collector compares, so that the rules must be equal, and then as the document has them.
func compareSigma(t *testing.T, f *sigmaFormat, rules []sigmaRule, events []plog.Logs, want [][]bool) {
	t.Helper()
	different, exercised := map[string]string{}, map[string]bool{}
	var commands, found int
	kinds := map[string]int{}
	for n, ld := range events {
		for e := range cowork.Events(ld) {
			document := f.document(t, e)
			// Most rules name their kinds of events: a few of the other kinds are enough.
			kinds[e.Name()]++
			evaluates := func(rule sigmaRule) bool {
				return kinds[e.Name()] <= 10 || len(rule.own.Events) == 0 || slices.Contains(rule.own.Events, e.Name())
			}
			asWritten := f.matches(t, rules, document, evaluates)
			got, command := asWritten, cowork.CommandOf(e)
			if normal := shell.Normal(command); normal != command {
				document[f.NameOf("process.command_line")] = command + "\n#\n" + normal
				got = f.matches(t, rules, document, evaluates)
			}
			for i, rule := range rules {
				if got[i] != want[n][i] && different[rule.name] == "" {
					different[rule.name] = fmt.Sprintf("the collector %v, Sigma %v: %s", want[n][i], got[i], Format(ld))
				}
				if want[n][i] {
					exercised[rule.name] = true
				}
				if want[n][i] && slices.Contains(rule.fields, "process.command_line") {
					commands++
					if asWritten[i] {
						found++
					}
				}
				if asWritten[i] && !got[i] {
					different[rule.name] = "matches a command as it is written, and not with its normal form"
				}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(different)) {
		assert.NotEmpty(t, sigmaDifferences[name], "%s: %s", name, different[name])
	}
	for name := range sigmaDifferences {
		assert.NotEmpty(t, different[name], "%s: there is no difference", name)
	}
	for _, rule := range rules {
		if !exercised[rule.name] {
			t.Logf("%s: no event fires it", rule.name)
		}
	}
	t.Logf("%d rules on %d events: %d fire; commands as they are written fire %d of %d times", len(rules), len(events), len(exercised), found, commands)
	require.GreaterOrEqual(t, float64(found), leastAsWritten*float64(commands))
}

// rulesOnEvents returns for each event which rules of the collector fire on it. Each event has
// a time of its own, at which no rule fires.
func rulesOnEvents(t *testing.T, rules []sigmaRule, events []plog.Logs) [][]bool {
	t.Helper()
	cfg := coworkrulesconnector.NewFactory().CreateDefaultConfig().(*coworkrulesconnector.Config)
	cfg.BuiltinRules = nil
	numbers := map[string]int{}
	for i, rule := range rules {
		rule.own.ResolveAfter = time.Minute
		cfg.Rules = append(cfg.Rules, rule.own)
		numbers[rule.name] = i
	}
	evaluation, err := cfg.NewEvaluation()
	require.NoError(t, err)
	fired, now := make([][]bool, len(events)), beginning
	for n, ld := range events {
		now = now.Add(time.Hour)
		evaluation.Tick(now)
		evaluation.Take()
		in := plog.NewLogs()
		ld.CopyTo(in)
		in.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0).SetTimestamp(pcommon.NewTimestampFromTime(now))
		evaluation.Add(in, now)
		fired[n] = make([]bool, len(rules))
		for a := range cowork.Events(evaluation.Take()) {
			if attributeText(a, "alert.status") == string(alert.Firing) {
				fired[n][numbers[attributeText(a, "alert.name")]] = true
			}
		}
	}
	return fired
}

// sigmaEvents returns the events of all behaviours and stories behind the processors, each in
// a batch of its own: one for each kind and values of what the rules read.
func sigmaEvents(t *testing.T, rules []sigmaRule) (events []plog.Logs) {
	t.Helper()
	read := map[string]bool{}
	for _, name := range cowork.ToolContents {
		read[name] = true
	}
	for _, rule := range rules {
		for _, name := range rule.fields {
			read[name] = true
		}
	}
	seen := map[string]bool{}
	add := func(ld plog.Logs) {
		for e := range cowork.Events(ld) {
			values := e.Record().Attributes().AsRaw()
			maps.DeleteFunc(values, func(name string, _ any) bool { return !read[name] })
			key := fmt.Sprint(e.Name(), values, e.Record().Body().AsRaw())
			if e.Redelivered() || seen[key] {
				continue
			}
			seen[key] = true
			one := plog.NewLogs()
			rl := one.ResourceLogs().AppendEmpty()
			e.Resource().CopyTo(rl.Resource())
			sl := rl.ScopeLogs().AppendEmpty()
			e.Scope().CopyTo(sl.Scope())
			e.Record().CopyTo(sl.LogRecords().AppendEmpty())
			events = append(events, one)
		}
	}
	add(behaviourEvents(t))
	files, err := filepath.Glob("../../testdata/stories/*.txtar")
	require.NoError(t, err)
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		require.NoError(t, err)
		add(storyEvents(t, archive))
	}
	return events
}

// storyEvents returns the events of a story behind the processors. What happens between its
// steps, such as a restart, is left out.
func storyEvents(t *testing.T, archive *txtar.Archive) plog.Logs {
	t.Helper()
	settings := settingsOf(t, bytes.ReplaceAll(section(archive, "config.yaml"), []byte("$FOLDER"), []byte(t.TempDir())))
	writePeople(t, settings, section(archive, peopleSection))
	return processedEvents(t, settings, func(t *testing.T, p *pipeline) {
		t.Helper()
		for _, file := range archive.Files {
			if !isStep(file.Name) || file.Name == spansStep {
				continue
			}
			if pause, err := time.ParseDuration(strings.TrimPrefix(file.Name, after)); err == nil {
				time.Sleep(pause)
			}
			in, err := Parse(file.Data)
			require.NoError(t, err)
			require.NoError(t, p.head.ConsumeLogs(sender(t, archive, file.Name), in))
		}
		time.Sleep(ending)
	})
}

// behaviourEvents returns the events of all behaviours behind the processors.
func behaviourEvents(t *testing.T) plog.Logs {
	t.Helper()
	return processedEvents(t, confmap.NewFromStringMap(keptContent), func(t *testing.T, p *pipeline) {
		t.Helper()
		for i, b := range loadBehaviours(t) {
			time.Sleep(durationOf(b))
			require.NoError(t, p.head.ConsumeLogs(t.Context(), eventsOf(t, i, b, time.Now())))
			time.Sleep(cmp.Or(b.Wait, 6*time.Second))
			synctest.Wait()
		}
	})
}

// processedEvents returns what the processors write of the events that send sends.
func processedEvents(t *testing.T, settings *confmap.Conf, send func(*testing.T, *pipeline)) plog.Logs {
	t.Helper()
	run := &storyRun{settings: settings, storage: statefultest.NewDisk(), redacted: plog.NewLogs(), correlated: plog.NewLogs()}
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(beginning))
		p := &pipeline{storyRun: run}
		p.head = consumertest.NewNop()
		p.tap(t, run.correlated)
		p.processor(t, coworkcorrelationprocessor.NewFactory())
		p.cleaners(t)
		send(t, p)
		p.stop(t)
	})
	return run.correlated
}
