package language

import (
	"context"

	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl"
	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl/contexts/ottllog"
	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl/ottlfuncs"
)

// newMatchFactory returns OTTL's IsMatch, which does not evaluate a pattern on a text
// without the literals that it needs.
func newMatchFactory(t *targets) ottl.Factory[*ottllog.TransformContext] {
	standard := ottlfuncs.NewIsMatchFactory[*ottllog.TransformContext]()
	create := func(fc ottl.FunctionContext, args ottl.Arguments) (ottl.ExprFunc[*ottllog.TransformContext], error) {
		match, err := standard.CreateFunction(fc, args)
		is, ok := args.(*ottlfuncs.IsMatchArguments[*ottllog.TransformContext])
		if err != nil || !ok {
			return match, err
		}
		pattern, _ := ottl.GetLiteralValue(is.Pattern)
		needed := t.literals.AddExpression(pattern)
		if needed == nil {
			return match, nil
		}
		return func(ctx context.Context, tc *ottllog.TransformContext) (any, error) {
			target, err := is.Target.Get(ctx, tc)
			if err == nil && target != nil && !t.mayMatch(needed, *target) {
				return false, nil
			}
			return match(ctx, tc)
		}, nil
	}
	return ottl.NewFactory(standard.Name(), &ottlfuncs.IsMatchArguments[*ottllog.TransformContext]{}, create)
}
