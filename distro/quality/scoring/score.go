package scoring

// A Recall counts the labelled values of one type.
type Recall struct {
	Values, Found, Typed int
	Bytes, Leaked        int
}

// A Precision counts the replacements by one marker: right, right except for the type,
// and wrong.
type Precision struct {
	Typed, OtherType, Wrong int
}

// A Score counts the results of a corpus. The zero value is ready for use.
type Score struct {
	Recall    map[string]*Recall    // by type
	Precision map[string]*Precision // by group of the marker's type

	Clean, Altered int // records without a value, and those of them with something replaced
	Bare, Over     int // bytes that are in no value, and those of them that were replaced

	Mistakes []Mistake
}

// A Mistake is a missed value or a wrong replacement.
type Mistake struct {
	Record Record
	Span   Span
	Missed bool
}

// Add counts a record and its replaced parts.
func (s *Score) Add(r Record, replaced []Span) {
	if s.Recall == nil {
		s.Recall, s.Precision = map[string]*Recall{}, map[string]*Precision{}
	}
	for _, value := range r.Spans {
		s.value(r, value, replaced)
	}
	wrong := false
	for _, part := range replaced {
		wrong = s.replacement(r, part) || wrong
	}
	if r.Partial {
		return
	}
	s.bytes(r, replaced)
	if len(r.Spans) == 0 {
		s.Clean++
		if wrong {
			s.Altered++
		}
	}
}

// value counts a labelled value.
func (s *Score) value(r Record, value Span, replaced []Span) {
	covered, typed := 0, 0
	for _, part := range replaced {
		n := value.shared(part)
		covered += n
		if group(part.Type) == group(value.Type) {
			typed += n
		}
	}
	c := at(s.Recall, value.Type)
	c.Values++
	c.Bytes += value.len()
	c.Leaked += value.len() - covered
	if typed*10 >= value.len()*9 {
		c.Typed++
	}
	if covered*10 >= value.len()*9 {
		c.Found++
	} else {
		s.Mistakes = append(s.Mistakes, Mistake{r, value, true})
	}
}

// replacement counts a replaced part and reports whether it is wrong.
func (s *Score) replacement(r Record, part Span) bool {
	c := at(s.Precision, group(part.Type))
	right, typed, labelled := false, false, 0
	for _, value := range r.Spans {
		n := part.shared(value)
		labelled += n
		if n > 0 && (n*2 >= value.len() || n*2 >= part.len()) {
			right = true
			typed = typed || group(value.Type) == group(part.Type)
		}
	}
	ignored := 0
	for _, ignore := range r.Ignore {
		ignored += part.shared(ignore)
	}
	switch {
	case typed:
		c.Typed++
	case right:
		c.OtherType++
	case r.Partial || ignored > 0:
	default:
		c.Wrong++
		s.Mistakes = append(s.Mistakes, Mistake{r, part, false})
		return true
	}
	return false
}

// bytes counts the bytes outside of values.
func (s *Score) bytes(r Record, replaced []Span) {
	labelled := cover(r.Text, r.Spans, r.Ignore)
	hidden := cover(r.Text, replaced)
	for i := range labelled {
		if labelled[i] {
			continue
		}
		s.Bare++
		if hidden[i] {
			s.Over++
		}
	}
}

// cover returns for each byte whether it is in a span.
func cover(text string, lists ...[]Span) []bool {
	covered := make([]bool, len(text))
	for _, spans := range lists {
		for _, span := range spans {
			for i := span.Start; i < span.End; i++ {
				covered[i] = true
			}
		}
	}
	return covered
}

// at returns the counter of a name, a new one if there is none yet.
func at[T any](counters map[string]*T, name string) *T {
	c := counters[name]
	if c == nil {
		c = new(T)
		counters[name] = c
	}
	return c
}
