package coworkrulesconnector

import (
	"fmt"
	"regexp"

	"github.com/cowork-otel/collector/connector/coworkrulesconnector/internal/language"
	"github.com/cowork-otel/collector/internal/alert"
	"github.com/cowork-otel/collector/internal/cowork"
)

// bare is what the name of a dimension or an attribute looks like. What does not is an
// expression.
var bare = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.-]*$`)

// A text is something in a rule that names attributes.
type text struct{ key, text string }

// textsOf returns all that a rule says of events, in the order in which it is written.
func textsOf(s *alert.Spec) (list []text) {
	add := func(key, value string) {
		if value != "" {
			list = append(list, text{key, value})
		}
	}
	add("condition", s.Condition)
	for i, by := range s.GroupBy {
		add(fmt.Sprintf("group_by::%d", i+1), by)
	}
	if s.Ratio != nil {
		add("ratio::of", s.Ratio.Of)
	}
	for _, n := range numbersOf(s) {
		add(n.key+"::attribute", n.number.Attribute)
		add(n.key+"::value", n.number.Value)
	}
	if s.Distinct != nil {
		add("distinct::attribute", s.Distinct.Attribute)
	}
	if s.NewTerm != nil {
		add("new_term::attribute", s.NewTerm.Attribute)
	}
	if s.List != nil {
		add("list::attribute", s.List.Attribute)
	}
	if s.Sequence != nil {
		add("sequence::by", s.Sequence.By)
		for i, step := range s.Sequence.Steps {
			add(fmt.Sprintf("sequence::steps::%d", i+1), step)
		}
	}
	return list
}

// A keyed number stands in a measure.
type keyed struct {
	key    string
	number alert.Amount
}

func numbersOf(s *alert.Spec) (list []keyed) {
	if s.Sum != nil {
		list = append(list, keyed{"sum", s.Sum.Amount})
	}
	if s.Budget != nil {
		list = append(list, keyed{"budget", s.Budget.Amount})
	}
	if s.RatioToPeers != nil {
		list = append(list, keyed{"ratio_to_peers", s.RatioToPeers.Amount})
	}
	if s.Spike != nil {
		list = append(list, keyed{"spike", s.Spike.Amount})
	}
	return list
}

// warnings returns what is probably not meant by any of the rules.
func (c *Config) warnings() (list []warning) {
	specs, err := c.specs()
	if err != nil {
		return nil // which is an error, and said as such
	}
	for i := range specs {
		s := &specs[i]
		if s.Enabled != nil && !*s.Enabled {
			continue
		}
		for at, kind := range s.Events {
			if doubt := language.CheckKind(kind); doubt != "" {
				list = append(list, warning{s.Name, fmt.Sprintf("events::%d", at+1), doubt})
			}
		}
		for _, t := range textsOf(s) {
			for _, doubt := range doubts(t.text, s.Events) {
				list = append(list, warning{s.Name, t.key, doubt})
			}
		}
	}
	return list
}

// doubts says what is probably not meant by a dimension, an attribute or an expression.
func doubts(text string, kinds []string) []string {
	switch {
	case !bare.MatchString(text):
		return language.Check(text, kinds)
	case cowork.IsDimension(text) || text == "true" || text == "false":
		return nil
	}
	return language.Check(`attributes["`+text+`"]`, kinds)
}
