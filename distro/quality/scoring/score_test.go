package scoring

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// ten is a value of ten bytes from byte 10 on, in a text of forty.
var ten = Record{ID: "r", Text: strings.Repeat("x", 40), Spans: []Span{{10, 20, "jwt"}}}

func TestScoreFound(t *testing.T) {
	for _, c := range []struct {
		name     string
		replaced []Span
		want     Recall
	}{
		{"all", []Span{{10, 20, "api_key"}}, Recall{1, 1, 1, 10, 0}},
		{"nine tenths", []Span{{11, 20, "api_key"}}, Recall{1, 1, 1, 10, 1}},
		{"less than that", []Span{{12, 20, "api_key"}}, Recall{1, 0, 0, 10, 2}},
		{"in two parts", []Span{{5, 15, "api_key"}, {15, 30, "api_key"}}, Recall{1, 1, 1, 10, 0}},
		{"as something else", []Span{{10, 20, "email"}}, Recall{1, 1, 0, 10, 0}},
		{"partly as something else", []Span{{10, 15, "email"}, {15, 20, "secret"}}, Recall{1, 1, 0, 10, 0}},
		{"not at all", nil, Recall{1, 0, 0, 10, 10}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var s Score
			s.Add(ten, c.replaced)
			require.Equal(t, c.want, *s.Recall["jwt"])
			require.Len(t, s.Mistakes, 1-c.want.Found)
		})
	}
}

func TestScoreRight(t *testing.T) {
	ignored, partial := ten, ten
	ignored.Ignore = []Span{{20, 30, ""}}
	partial.Partial = true
	for _, c := range []struct {
		name   string
		record Record
		part   Span
		want   Precision
	}{
		{"the value", ten, Span{10, 20, "secret"}, Precision{Typed: 1}},
		{"half of the value", ten, Span{15, 40, "secret"}, Precision{Typed: 1}},
		{"half inside", ten, Span{19, 21, "secret"}, Precision{Typed: 1}},
		{"less than half of either", ten, Span{17, 30, "secret"}, Precision{Wrong: 1}},
		{"another type", ten, Span{10, 20, "email"}, Precision{OtherType: 1}},
		{"elsewhere", ten, Span{30, 40, "email"}, Precision{Wrong: 1}},
		{"to be ignored", ignored, Span{25, 35, "email"}, Precision{}},
		{"elsewhere, where not all is labelled", partial, Span{30, 40, "email"}, Precision{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var s Score
			s.Add(c.record, []Span{c.part})
			require.Equal(t, c.want, *s.Precision[group(c.part.Type)])
		})
	}
}

func TestScoreClean(t *testing.T) {
	clean := Record{ID: "c", Text: strings.Repeat("x", 10)}
	partial := clean
	partial.Partial = true
	var s Score
	s.Add(clean, nil)
	s.Add(clean, []Span{{0, 2, "email"}})
	s.Add(partial, []Span{{0, 2, "email"}})
	require.Equal(t, []int{2, 1, 20, 2}, []int{s.Clean, s.Altered, s.Bare, s.Over})
}

func TestFigures(t *testing.T) {
	var s Score
	require.Equal(t, Figures{}, s.Figures())
	s.Add(ten, []Span{{10, 20, "api_key"}})
	s.Add(ten, []Span{{30, 40, "api_key"}})
	s.Add(Record{ID: "c", Text: "clean"}, nil)
	require.Equal(t, Figures{Precision: 50, Recall: 50, F1: 50, Leak: 50, Altered: 0}, s.Figures())
}

func TestWrite(t *testing.T) {
	var s Score
	s.Add(ten, []Span{{10, 20, "api_key"}})
	s.Add(ten, []Span{{10, 20, "email"}})
	s.Add(Record{ID: "c", Text: "clean"}, []Span{{0, 5, "email"}})
	var b strings.Builder
	require.NoError(t, s.Write(&b))
	require.Equal(t, `type             values   recall    typed     leak
jwt                   2  100.0 %   50.0 %    0.0 %
all                   2  100.0 %   50.0 %    0.0 %

marker            right as other  wrong  precis.   recall       F1
email                 0        1      1    0.0 %    0.0 %    0.0 %
key                   1        0      0  100.0 %   50.0 %   66.7 %

precision 66.7 %, recall 100.0 %, F1 80.0 %; leaked 0.0 % of sensitive bytes, replaced 7.69 % of others; clean records altered 1 of 1 (100.0 %)
`, b.String())
}
