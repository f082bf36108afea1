package language

import (
	"context"

	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl"
	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl/contexts/ottllog"
	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl/ottlfuncs"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector/internal/language/internal/automaton"
)

// maxStates bounds the bytes that the automata of all patterns take.
const maxStates = 16 << 20

// newMatchFactory returns OTTL's IsMatch, which does not evaluate a pattern on a text
// without the literals that it needs, and evaluates it with an automaton.
func newMatchFactory(t *targets) ottl.Factory[*ottllog.TransformContext] {
	standard := ottlfuncs.NewIsMatchFactory[*ottllog.TransformContext]()
	memory := &automaton.Memory{Limit: maxStates}
	create := func(fc ottl.FunctionContext, args ottl.Arguments) (ottl.ExprFunc[*ottllog.TransformContext], error) {
		is, ok := args.(*ottlfuncs.IsMatchArguments[*ottllog.TransformContext])
		if !ok {
			return standard.CreateFunction(fc, args)
		}
		pattern, ok := ottl.GetLiteralValue(is.Pattern)
		expression, err := automaton.Compile(pattern, memory)
		if !ok || err != nil {
			return standard.CreateFunction(fc, args)
		}
		needed := t.literals.AddExpression(pattern)
		return func(ctx context.Context, tc *ottllog.TransformContext) (any, error) {
			target, err := is.Target.Get(ctx, tc)
			if err != nil || target == nil {
				return false, err
			}
			return (needed == nil || t.mayMatch(needed, *target)) && expression.MatchString(*target), nil
		}, nil
	}
	return ottl.NewFactory(standard.Name(), &ottlfuncs.IsMatchArguments[*ottllog.TransformContext]{}, create)
}
