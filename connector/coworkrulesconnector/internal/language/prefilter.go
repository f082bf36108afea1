package language

import (
	"context"
	"slices"
	"strings"

	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl"
	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl/contexts/ottllog"
	"github.com/open-telemetry/opentelemetry-collector-contrib/pkg/ottl/ottlfuncs"
)

// A prefilter decides by literals that most patterns cannot match a text. It looks for the
// literals of all patterns in one pass over the text, and keeps the result of the last texts:
// the rules match the same command, path and name of a tool one after the other. In a profile
// of the built-in rules, regular expressions took three quarters of the evaluation.
type prefilter struct {
	literals []string
	starts   map[[minLiteral]byte][]int // the literals by their first bytes
	texts    [4]scannedText             // the last texts
	oldest   int                        // index in texts
}

// A scannedText is a text and the literals that it contains.
type scannedText struct {
	text     string
	scanned  bool
	isASCII  bool
	contains []bool
}

// addLiterals adds the literals of a pattern, and returns their indexes.
func (p *prefilter) addLiterals(list []string) (indexes []int) {
	if p.starts == nil {
		p.starts = map[[minLiteral]byte][]int{}
	}
	for _, literal := range list {
		i := slices.Index(p.literals, literal)
		if i < 0 {
			i = len(p.literals)
			p.literals = append(p.literals, literal)
			start := [minLiteral]byte([]byte(literal))
			p.starts[start] = append(p.starts[start], i)
		}
		indexes = append(indexes, i)
	}
	p.texts = [4]scannedText{} // they were scanned without the new ones
	return indexes
}

// mayMatch reports whether a text contains one of the literals of the indexes. Texts with
// other characters than ASCII may match all patterns: some of their characters are a form
// of an ASCII letter.
func (p *prefilter) mayMatch(text string, indexes []int) bool {
	s := p.scan(text)
	return !s.isASCII || slices.ContainsFunc(indexes, func(i int) bool { return s.contains[i] })
}

func (p *prefilter) scan(text string) *scannedText {
	for i := range p.texts {
		if s := &p.texts[i]; s.scanned && s.text == text {
			return s
		}
	}
	s := &p.texts[p.oldest]
	p.oldest = (p.oldest + 1) % len(p.texts)
	if len(s.contains) != len(p.literals) {
		s.contains = make([]bool, len(p.literals))
	}
	clear(s.contains)
	s.text, s.scanned, s.isASCII = text, true, isASCII(text)
	if !s.isASCII {
		return s
	}
	lower := strings.ToLower(text)
	for at := range max(0, len(lower)-minLiteral+1) {
		for _, i := range p.starts[[minLiteral]byte([]byte(lower[at:at+minLiteral]))] {
			s.contains[i] = s.contains[i] || strings.HasPrefix(lower[at:], p.literals[i])
		}
	}
	return s
}

// newMatchFactory returns OTTL's IsMatch with a prefilter in front of it.
func newMatchFactory(p *prefilter) ottl.Factory[*ottllog.TransformContext] {
	standard := ottlfuncs.NewIsMatchFactory[*ottllog.TransformContext]()
	create := func(fc ottl.FunctionContext, args ottl.Arguments) (ottl.ExprFunc[*ottllog.TransformContext], error) {
		match, err := standard.CreateFunction(fc, args)
		is, ok := args.(*ottlfuncs.IsMatchArguments[*ottllog.TransformContext])
		if err != nil || !ok {
			return match, err
		}
		pattern, _ := ottl.GetLiteralValue(is.Pattern)
		literals := requiredLiterals(pattern)
		if literals == nil {
			return match, nil
		}
		indexes := p.addLiterals(literals)
		return func(ctx context.Context, tc *ottllog.TransformContext) (any, error) {
			target, err := is.Target.Get(ctx, tc)
			if err == nil && target != nil && !p.mayMatch(*target, indexes) {
				return false, nil
			}
			return match(ctx, tc)
		}, nil
	}
	return ottl.NewFactory(standard.Name(), &ottlfuncs.IsMatchArguments[*ottllog.TransformContext]{}, create)
}
