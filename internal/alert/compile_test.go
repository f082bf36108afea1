package alert

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestBuiltin(t *testing.T) {
	specs, err := Builtin()
	require.NoError(t, err)
	require.NotEmpty(t, specs)
	_, err = Parse([]byte("- {name: a, wat: 1}"))
	require.ErrorContains(t, err, "wat")
	specs, err = Parse(nil)
	require.NoError(t, err)
	require.Empty(t, specs)
}

// TestCompileErrors has a rule for each error of a rule.
func TestCompileErrors(t *testing.T) {
	w := time.Minute
	for want, s := range map[string]Spec{
		"name: must be set, of the characters a-z, 0-9 and _ (128 at most)":                      {Name: "A b"},
		"severity: must be info, warning or critical":                                            {Severity: "page"},
		"for: must not be negative":                                                              {For: -1, Window: w, Count: &CountSpec{}},
		"keep_firing_for: must not be negative":                                                  {KeepFiringFor: -1},
		"resolve_after: must not be negative":                                                    {ResolveAfter: -1},
		"for: must not be set for a rule that holds for a moment only":                           {For: 1},
		"resolve_after: must not be set for a rule that ends by itself (keep_firing_for may be)": {ResolveAfter: 1, Window: w, Count: &CountSpec{}},
		"window: must not be set for this kind of rule":                                          {Window: w},
		"window: 0s: must be at least 1s":                                                        {Count: &CountSpec{}},
		"sum: must not be set together with another kind of rule":                                {Window: w, Count: &CountSpec{}, Sum: &SumSpec{Amount: Amount{Attribute: "x"}}},
		"events::0: must be the name of a kind of events, such as tool_result":                   {Events: []string{"what is it"}},
		"condition: must be true or key=value":                                                   {Condition: "wat"},
		"labels: a name must be of letters, digits, _, - and . (64 at most)":                     {Labels: map[string]string{"a b": "c"}},
		"group_by::0: prompt: may hold content, and would be shown":                              {GroupBy: []string{"prompt"}},
		"group_by::0: (prompt): prompt: may hold content, and would be shown":                    {GroupBy: []string{"(prompt)"}},
		"group_by::1: must not be there twice":                                                   {GroupBy: []string{"tool", "tool"}},
		"group_by::0: user.email: identifies a person (the dimension user distinguishes users)":  {GroupBy: []string{"user.email"}},
		"message: wat: is not in the schema, may hold content, and would be shown (dimensions, labels, measures and identifiers may, and shown_attributes)": {Message: "{wat}"},
		"message: must have a } for every {":                                                         {Message: "{value"},
		"message: model: must be in group_by (no event is at hand when this rule fires)":             {Message: "{model}", Absent: w},
		"count::above: must be a number, 0 or more":                                                  {Window: w, Count: &CountSpec{Above: math.NaN()}},
		"ratio::of: must be a condition for the events that the ratio is of ('true' for all events)": {Window: w, Ratio: &RatioSpec{}},
		"ratio::above: must be a share, from 0 to below 1":                                           {Window: w, Ratio: &RatioSpec{Above: 20, Of: "true"}},
		"sum::attribute: must name what is added up (or value must be an expression for it)":         {Window: w, Sum: &SumSpec{}},
		"sum::value: must not be set together with attribute":                                        {Window: w, Sum: &SumSpec{Amount: Amount{"a", "(b)"}}},
		"budget::period: must be day, week or month":                                                 {Budget: &BudgetSpec{Amount: Amount{Attribute: "a"}, Above: 1}},
		"budget::above: must be a number greater than 0":                                             {Budget: &BudgetSpec{Amount: Amount{Attribute: "a"}, Period: "day"}},
		"budget::steps: must be a number greater than 0":                                             {Budget: &BudgetSpec{Amount: Amount{Attribute: "a"}, Above: 1, Period: "day", Steps: []float64{0}}},
		`budget::time_zone: "Mars": must be the name of a time zone, such as Europe/Berlin`:          {Budget: &BudgetSpec{Amount: Amount{Attribute: "a"}, Above: 1, Period: "day", TimeZone: "Mars"}},
		"distinct::above: must be below 4096":                                                        {Window: w, Distinct: &DistinctSpec{Attribute: "user", Above: 5000}},
		"distinct::attribute: must name a dimension or an attribute, or be an expression":            {Window: w, Distinct: &DistinctSpec{}},
		"absent: must be positive, such as 30m":                                                      {Absent: -1},
		"group_by: must be set: peers are the groups of a rule":                                      {Window: w, RatioToPeers: &PeersSpec{Above: 1}},
		"spike::baseline: must be at least twice the window":                                         {Window: w, Spike: &SpikeSpec{Above: 1, Baseline: w}},
		"new_term::learn: must be positive, such as 24h":                                             {NewTerm: &NewTermSpec{Attribute: "tool"}},
		"new_term::attribute: prompt: may hold content, and would be shown":                          {NewTerm: &NewTermSpec{Attribute: "prompt", Learn: w}},
		"schedule::days: must be set, such as [mon, tue, wed, thu, fri]":                             {Schedule: &ScheduleSpec{From: "07:00", To: "20:00"}},
		`schedule::days: "funday": must be mon, tue, wed, thu, fri, sat or sun`:                      {Schedule: &ScheduleSpec{Days: []string{"funday"}, From: "07:00", To: "20:00"}},
		`schedule::from: "7am": must be a time of day, such as "07:00"`:                              {Schedule: &ScheduleSpec{Days: []string{"mon"}, From: "7am", To: "20:00"}},
		"list: must have either allowed or denied":                                                   {List: &ListSpec{Attribute: "model", Allowed: []string{"a"}, Denied: []string{"b"}}},
		"list: must have an entry":                                                                   {List: &ListSpec{Attribute: "model", Allowed: []string{}}},
		`list::0: "https://x/y": must be a domain, such as example.com`:                              {List: &ListSpec{Attribute: "model", Allowed: []string{"https://x/y"}, Domains: true}},
		"sequence::steps: must be from 2 to 8 conditions":                                            {Window: w, Sequence: &SequenceSpec{By: "prompt.id", Steps: []string{"true"}}},
		"sequence::steps::1: must be a condition, such as 'true'":                                    {Window: w, Sequence: &SequenceSpec{By: "prompt.id", Steps: []string{"true", ""}}},
	} {
		where := "rules::rule::"
		if s.Name == "" {
			s.Name = "rule"
		} else {
			where = "rules::#1::"
		}
		if s.Severity == "" {
			s.Severity = "info"
		}
		_, err := Compile([]Spec{s}, toys)
		require.EqualError(t, err, where+strings.Replace(want, "(prompt): ", "", 1))
	}
}

func TestCompileTogether(t *testing.T) {
	off := false
	_, err := Compile([]Spec{{Name: "a", Severity: "info"}, {Name: "a", Severity: "page", Enabled: &off}}, toys)
	require.EqualError(t, err, "rules::a::name: must be unique (another rule is called so)\nrules::a::severity: must be info, warning or critical")
	rules, err := Compile([]Spec{{Name: "a", Severity: "info", Enabled: &off}, {Name: "b", Severity: "info"}}, toys)
	require.NoError(t, err)
	require.Len(t, rules, 1, "one is disabled")
	_, err = New(rules, Settings{Lateness: -1})
	require.EqualError(t, err, "max_groups: must be positive\nmax_active: must be positive\nlateness: must not be negative\nrepeat_interval: must be positive")
}

// TestShownAttributes checks that alerts show an attribute outside the schema only if it is
// listed.
func TestShownAttributes(t *testing.T) {
	spec := Spec{Name: "a", Severity: "info", GroupBy: []string{"desk"}, Message: "{desk}"}
	_, err := Compile([]Spec{spec}, toys)
	require.ErrorContains(t, err, "rules::a::group_by::0: desk: is not in the schema")
	rules, err := Compile([]Spec{spec}, toys, "desk")
	require.NoError(t, err)
	e, err := New(rules, settings)
	require.NoError(t, err)
	out := e.Add(event("api_error", start, map[string]any{"desk": "law"}), start, nil)
	require.Equal(t, "law", out[0].Message)
	_, err = Compile(nil, toys, "prompt", "user.email", "a b")
	for _, want := range []string{"shown_attributes::0: prompt: may hold content", "shown_attributes::1: user.email: identifies a person", "shown_attributes::2: must be the name of an attribute"} {
		require.ErrorContains(t, err, want)
	}
}
