package scoring

// Figures are the summary of a score, in percent.
type Figures struct {
	Precision, Recall, F1 float64
	Leak                  float64 // of the bytes of values
	Altered               float64 // of the records without a value
}

// Figures returns the figures of all types together.
func (s *Score) Figures() Figures {
	var all Recall
	for _, c := range s.Recall {
		all.addCounts(c)
	}
	right, wrong := 0, 0
	for _, c := range s.Precision {
		right += c.Typed + c.OtherType
		wrong += c.Wrong
	}
	p, r := percent(right, right+wrong), percent(all.Found, all.Values)
	return Figures{p, r, f1(p, r), percent(all.Leaked, all.Bytes), percent(s.Altered, s.Clean)}
}

func (c *Recall) addCounts(o *Recall) {
	c.Values += o.Values
	c.Found += o.Found
	c.Typed += o.Typed
	c.Bytes += o.Bytes
	c.Leaked += o.Leaked
}

// percent returns a share in percent, 0 if of is 0.
func percent(part, of int) float64 { return 100 * float64(part) / float64(max(1, of)) }

func f1(precision, recall float64) float64 {
	if precision+recall == 0 {
		return 0
	}
	return 2 * precision * recall / (precision + recall)
}
