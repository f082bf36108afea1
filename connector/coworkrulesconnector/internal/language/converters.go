package language

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl"
	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl/contexts/ottllog"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/shell"
)

// converters are the functions for what a tool call does, besides those of OTTL. Their
// value is nil for an event without one.
var converters = [...]struct {
	name  string
	read  func(cowork.Event) string
	reads []string // the attributes
}{
	{"Command", commandForms, cowork.ToolContents},
	{"FilePath", cowork.FilePathOf, cowork.ToolContents},
	{"URL", cowork.URLOf, cowork.ToolContents},
	{"ToolText", cowork.ToolTextOf, cowork.ToolContents},
	{"FileRead", cowork.FileReadOf, cowork.ToolContents},
	{"FileWritten", cowork.FileWrittenOf, cowork.ToolContents},
	{"ConnectorTool", cowork.ConnectorToolOf, cowork.ToolContents},
}

// commandForms returns the command of a tool call as it is, and its normal form below it if
// that is another text. The line between them is a comment of a shell: it separates the
// commands of both for patterns of lists of commands.
func commandForms(e cowork.Event) string {
	command := cowork.CommandOf(e)
	if normal := shell.Normal(command); normal != command {
		return command + "\n#\n" + normal
	}
	return command
}

// converted are the values of the converters for the current event, by their index. They
// are computed when the first rule reads them.
type converted [len(converters)]struct {
	computed bool
	value    any
}

// converterFactories returns the converters of a Language.
func converterFactories(l *Language) (list []ottl.Factory[*ottllog.TransformContext]) {
	for i, c := range converters {
		read := func(_ context.Context, ctx *ottllog.TransformContext) (any, error) { //nolint:unparam // the type of OTTL
			return l.convert(i, ctx), nil
		}
		list = append(list, ottl.NewFactory(c.name, nil, func(ottl.FunctionContext, ottl.Arguments) (ottl.ExprFunc[*ottllog.TransformContext], error) {
			return read, nil
		}))
	}
	return list
}

// convert returns the value of a converter for an event.
func (l *Language) convert(i int, ctx *ottllog.TransformContext) any {
	if ctx != l.current {
		return convert(i, ctx)
	}
	c := &l.converted[i]
	if !c.computed {
		c.value, c.computed = convert(i, ctx), true
	}
	return c.value
}

func convert(i int, ctx *ottllog.TransformContext) any {
	text := converters[i].read(cowork.EventOf(ctx.GetResource(), ctx.GetInstrumentationScope(), ctx.GetLogRecord()))
	if text == "" {
		return nil
	}
	return text
}

// convertersOf returns the indexes of the converters that an expression calls.
func convertersOf(list []token) (called []int) {
	for i, c := range converters {
		if slices.ContainsFunc(callsOf(list), func(name string) bool { return name == c.name }) {
			called = append(called, i)
		}
	}
	return called
}

// converterOf returns the index of the converter of a name, -1 if there is none.
func converterOf(name string) int {
	for i, c := range converters {
		if c.name == name {
			return i
		}
	}
	return -1
}

// callsOf returns the names of the functions that an expression calls.
func callsOf(list []token) (names []string) {
	for i, t := range list {
		if t.kind == 'w' && isToken(list, i+1, "(") {
			names = append(names, t.text)
		}
	}
	return names
}

// Attributes returns the attributes of records that an expression reads, those that the
// converters read included. An attribute whose name is computed is not among them.
func Attributes(text string) (names []string) {
	list := tokensOf(text)
	for _, p := range pathsOf(list) {
		if p.context == "log" && p.field == "attributes" && p.key != "" {
			names = append(names, p.key)
		}
	}
	for _, i := range convertersOf(list) {
		names = append(names, converters[i].reads...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// checkConverters warns of converters that have no value for events of any of the kinds.
func checkConverters(list []token, kinds []string) (warnings []string) {
	for _, i := range convertersOf(list) {
		var having []string
		for kind := range cowork.Kinds() {
			if slices.ContainsFunc(converters[i].reads, func(name string) bool { return slices.Contains(kind.Attributes, name) }) {
				having = append(having, kind.Name)
			}
		}
		known := func(name string) bool { return slices.Contains(having, name) || cowork.KindOf(name) == nil }
		if len(kinds) > 0 && !slices.ContainsFunc(kinds, known) {
			warnings = append(warnings, fmt.Sprintf("%s(): %s has none (%s has)", converters[i].name, strings.Join(kinds, ", "), strings.Join(having, ", ")))
		}
	}
	return warnings
}
