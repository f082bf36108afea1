package language

import (
	"errors"
	"maps"
	"strings"

	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl"
	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl/contexts/ottllog"
	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl/ottlfuncs"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/pdata/pcommon"
	metricnoop "go.opentelemetry.io/otel/metric/noop"
	tracenoop "go.opentelemetry.io/otel/trace/noop"
	"go.uber.org/zap"
)

type (
	condition  = ottl.Condition[*ottllog.TransformContext]
	expression = ottl.ValueExpression[*ottllog.TransformContext]
)

// A parser parses conditions and expressions. It has two collections of parsers, as OTTL
// adds a missing context to paths in collections only.
type parser struct {
	conditions  *ottl.ParserCollection[*condition]
	expressions *ottl.ParserCollection[*expression]
}

// noTelemetry returns settings that discard all telemetry: OTTL logs whole records.
func noTelemetry() component.TelemetrySettings {
	return component.TelemetrySettings{
		Logger:         zap.NewNop(),
		TracerProvider: tracenoop.NewTracerProvider(),
		MeterProvider:  metricnoop.NewMeterProvider(),
		Resource:       pcommon.NewResource(),
	}
}

func newParser(own []ottl.Factory[*ottllog.TransformContext]) (parser, error) {
	functions := maps.Clone(ottlfuncs.StandardConverters[*ottllog.TransformContext]())
	for _, f := range own {
		functions[f.Name()] = f
	}
	logs, err := ottllog.NewParser(functions, noTelemetry(), ottllog.EnablePathContextNames())
	if err != nil {
		return parser{}, err
	}
	conditions, err := ottl.NewParserCollection(noTelemetry(), ottl.WithParserCollectionContext(ottllog.ContextName, &logs,
		ottl.WithConditionConverter(func(_ *ottl.ParserCollection[*condition], _ ottl.ConditionsGetter, parsed []*condition) (*condition, error) {
			return parsed[0], nil
		})))
	if err != nil {
		return parser{}, err
	}
	expressions, err := ottl.NewParserCollection(noTelemetry(), ottl.WithParserCollectionContext(ottllog.ContextName, &logs,
		ottl.WithValueExpressionConverter(func(_ *ottl.ParserCollection[*expression], _ ottl.ValueExpressionsGetter, parsed []*expression) (*expression, error) {
			return parsed[0], nil
		})))
	return parser{conditions, expressions}, err
}

func (p parser) condition(text string) (*condition, error) {
	if err := checkLength(text); err != nil {
		return nil, err
	}
	c, err := p.conditions.ParseConditionsWithContext(ottllog.ContextName, ottl.NewConditionsGetter([]string{text}), true)
	return c, reasonOf(text, err)
}

func (p parser) expression(text string) (*expression, error) {
	if err := checkLength(text); err != nil {
		return nil, err
	}
	e, err := p.expressions.ParseValueExpressionsWithContext(ottllog.ContextName, ottl.NewValueExpressionsGetter([]string{text}), true)
	return e, reasonOf(text, err)
}

// maxText bounds conditions and expressions. OTTL's parser recurses as deep as a text is
// nested.
const maxText = 8192

func checkLength(text string) error {
	switch {
	case strings.TrimSpace(text) == "":
		return errors.New(`must not be empty (attributes["success"] == false is one)`)
	case len(text) > maxText:
		return errors.New("must be at most 8192 bytes")
	}
	return nil
}
